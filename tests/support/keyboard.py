"""A keyboard with the Russian layout: trusted events that name the key's place (code) and type Russian letters."""

from playwright.sync_api import Page

_UPPER, _HOME, _LOWER = "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"
LETTERS = {
    f"Key{latin}": russian
    for row, letters in ((_UPPER, "йцукенгшщз"), (_HOME, "фывапролд"), (_LOWER, "ячсмить"))
    for latin, russian in zip(row, letters, strict=True)
}
LETTERS |= {f"{part}{digit}": str(digit) for part in ("Numpad", "Digit") for digit in range(10)}
LETTERS |= {"Slash": ".", "Space": " "}
SHIFTED = {"Slash": ",", "Digit7": "?", "Backslash": "/"}
CTRL, SHIFT, ALT = 2, 8, 1
_CODES = {"Enter": 13, "Escape": 27, "Tab": 9, "Space": 32, "Slash": 191, "Backslash": 220}


class Keyboard:
    """press("KeyC"), press("KeyH", CTRL | SHIFT); `hold` repeats the key as a held one does."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def press(self, code: str, modifiers: int = 0) -> None:
        self._send("keyDown", code, modifiers)
        self._send("keyUp", code, modifiers)

    def hold(self, code: str, times: int) -> None:
        for again in range(times):
            self.down(code, repeat=again > 0)
        self._send("keyUp", code, 0)

    def down(self, code: str, *, repeat: bool = False) -> None:
        self._send("keyDown", code, 0, repeat=repeat)

    def type(self, text: str) -> None:
        places = {letter: code for code, letter in LETTERS.items()}
        for letter in text:
            self.press(places[letter])

    def _send(self, kind: str, code: str, modifiers: int, *, repeat: bool = False) -> None:
        letter = (SHIFTED if modifiers == SHIFT else LETTERS).get(code, "")
        key = letter or code
        if code.startswith("Key") and modifiers & SHIFT:
            key = key.upper()
        event = {"type": kind, "code": code, "key": key, "modifiers": modifiers, "autoRepeat": repeat}
        event["windowsVirtualKeyCode"] = _CODES.get(code) or ord(code[-1])
        if kind == "keyDown" and not modifiers & CTRL:
            event["text"] = "\r" if code == "Enter" else letter
        self._session.send("Input.dispatchKeyEvent", event)
