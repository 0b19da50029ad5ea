"""Virtual numbers and media files."""

from ...models import Account, MediaFile, VirtualNumber
from ...numbers import services
from .entries import Entry
from .run import Run, checked, read_digits

NUMBER = {"name": "name", "enabled": "enabled", "scenario": "has_scenario"}
MEDIA = {"name": "name", "type": "kind"}


def apply_number(run: Run, account: Account, entry: Entry) -> VirtualNumber:
    """The number by its digits."""
    digits = read_digits(entry, "number", entry["number"], account)
    run.once(entry, "number", "number", account.pk, digits)
    fields, names = entry.given(NUMBER), NUMBER | {"number": "digits"}

    def create() -> VirtualNumber:
        made: VirtualNumber = checked(services.add_number, entry, names, account=account, digits=digits, **fields)
        return made

    def update(number: VirtualNumber) -> bool:
        return bool(checked(services.update_number, entry, names, number, **fields))

    return run.settle(account.numbers.filter(digits=digits).first(), create, update)


def apply_media(run: Run, account: Account, entry: Entry) -> MediaFile:
    """The file by its ID at the provider."""
    run.once(entry, "id", "media", account.pk, entry["id"])
    fields, names = entry.given(MEDIA), MEDIA | {"id": "provider_id"}

    def create() -> MediaFile:
        made: MediaFile = checked(
            services.add_media_file, entry, names, account=account, provider_id=entry["id"], **fields
        )
        return made

    def update(media_file: MediaFile) -> bool:
        changed = bool(checked(services.update_media_file, entry, names, media_file, **fields))
        return services.restore_media_file(media_file) or changed

    return run.settle(account.media_files.filter(provider_id=entry["id"]).first(), create, update)
