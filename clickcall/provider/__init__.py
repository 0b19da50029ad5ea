"""The wire: the two JSON-RPC APIs of the telephony provider. No Django, no database, no settings.

`errors` what can go wrong, `client` one request, `call_api` and `data_api` the methods, `session` log-in keys,
`events` the provider's rows in our words, `redact` what has to happen before anything is kept.
Beneath them: `wire` (the pooled session), `connection` (did the request leave, deadlines), `answers` (what an answer
means), `metadata` (limits, versions), `coerce` (values that come in several spellings).
"""
