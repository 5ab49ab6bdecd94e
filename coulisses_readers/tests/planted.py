"""Made-up secrets, put together here so that no scanner finds one in this file."""

from __future__ import annotations

import base64
import json
import random
import string

_CHANCE = random.Random(20)
_MIXED = string.ascii_letters + string.digits


def some(size: int, letters: str = _MIXED) -> str:
    """Random letters, the same at every run."""
    return "".join(_CHANCE.choices(letters, k=size))


def _jwt() -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": "ana", "exp": 1900000000})
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts)
    return ".".join(part.rstrip("=") for part in encoded) + "." + some(43)


_HEX = "0123456789abcdef"
_LOWER = string.ascii_lowercase + string.digits

# (kind, line): each must be held, in any file.
HELD = [
    ("aws_access_key", f'aws_id = "AKIA{some(16, string.ascii_uppercase + string.digits)}"'),
    ("aws_access_key", f"aws_secret_access_key = '{some(40)}'"),
    ("azure_storage_account_access_key", f"Endpoint=x;AccountKey={some(86)}=="),
    ("artifactory_credentials", f"password AKC{some(60)}"),
    ("basic_auth_credentials", f"DATABASE = 'postgres://stage:{some(12)}@db.coulisses.net/x'"),
    ("cloudant_credentials", f'cloudant_password = "{some(64, _HEX)}"'),
    ("discord_bot_token", f"bot.run('M{some(23)}.{some(6)}.{some(27)}')"),
    ("github_token", f"GH: ghp_{some(36)}"),
    ("gitlab_token", f"glpat-{some(20)}"),
    ("gitlab_token", f"registration: GR1348941{some(20)}"),
    ("ibm_cloud_iam_key", f"ibm_api_key = {some(44)}"),
    ("ibm_cos_hmac_credentials", f"secret_access_key: {some(48, _HEX)}"),
    ("json_web_token", f"Authorization: Bearer {_jwt()}"),
    ("mailchimp_access_key", f"mc('{some(32, _LOWER)}-us12')"),
    ("npm_tokens", f"//registry.example/:_authToken=npm_{some(36)}"),
    ("openai_token", f"sk-{some(20)}T3BlbkFJ{some(20)}"),
    ("pypi_token", f"pypi-AgEIcHlwaS5vcmc{some(90)}"),
    ("sendgrid_api_key", f"SG.{some(22)}.{some(43)}"),
    ("slack_token", f"xoxb-{some(12, string.digits)}-{some(24, _LOWER)}"),
    ("slack_token", f"https://hooks.slack.com/services/T{some(8)}/B{some(8)}/{some(24)}"),
    ("softlayer_credentials", f"softlayer_api_key = '{some(64, _LOWER)}'"),
    ("square_oauth_secret", f"sq0csp-{some(43)}"),
    ("stripe_access_key", f"stripe.api_key = sk_live_{some(24)}"),
    ("telegram_bot_token", f"token: {some(9, '123456789')}:AA{some(33)}"),
    ("twilio_api_key", f"sid = 'AC{some(32, _HEX)}'"),
    ("service_token", f"github_pat_{some(22)}_{some(59)}"),
    ("service_token", f"maps?key=AIza{some(35)}"),
    ("service_token", f"sk-ant-api03-{some(80)}"),
    ("secret_keyword", 'password = "Tr0ub4dor&3"'),
    ("secret_keyword", f'SECRET_KEY = "{some(50)}"'),
    ("secret_keyword", f'api_key: "{some(32, _HEX)}"'),
    ("secret_keyword", f"export STAGE_TOKEN={some(32)}"),
    ("secret_keyword", f"ENV DB_PASSWORD {'='} {some(14)}"),
    ("high_entropy", f"token = '{some(40)}'"),
    ("high_entropy", f'"signing_key": "{some(40, _HEX)}"'),
    ("high_entropy", f"const credentials = '{some(64)}'"),
]

KEY = [
    "-----BEGIN OPENSSH " + "PRIVATE KEY-----",
    some(70),
    some(70),
    "-----END OPENSSH " + "PRIVATE KEY-----",
]

# Lines that only look like secrets: none may be held, in a file of ordinary code.
FREE = [
    'password = "password"',
    'password = ""',
    'password = "changeme"',
    'PASSWORD = "your-password-here"',
    "password = getpass.getpass()",
    "password = request.POST['password']",
    'password = f"{prefix}-{name}"',
    'secret = os.environ["STAGE_SECRET"]',
    "api_key: ${STAGE_API_KEY}",
    "password: '{{ vault_password }}'",
    'token = "<your token>"',
    'label_password = _("Choose a password")',
    'password_hash = "sha256"',
    '"password": "Le mot de passe est trop court"',
    'SECRET_NAME = "projects/stage/secrets/database"',
    'secret_id = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"',
    f'integrity = "sha512-{some(86)}=="',
    f'"sha256": "{some(64, _HEX)}"',
    f'commit = "{some(40, _HEX)}"',
    f'cache_key = "{some(40, _HEX)}"',
    f'ETAG = "{some(32, _HEX)}"',
    f'primary_key = "{some(32)}"',
    'foreign_key="people.Account"',
    'secretKeyRef = "database-credentials"',
    "for key, token in tokens.items():",
    'token_type = "Bearer"',
    'input type="password" name="password" autocomplete="current-password"',
    "https://example.org/a:b@2x.png",
    "redis://user:password@localhost:6379/0",
    "https://user:pass@example.com/",
    "amqp://guest:guest@rabbit:5672/",
    "postgres://postgres:postgres@db/postgres",
    f'key = "AKIA{"IOSFODNN7EXAMPLE"}"',
    'if "BEGIN RSA ' + 'PRIVATE KEY" in text:',
    "-----BEGIN CERTIFICATE-----",
    'passwordResetUrl = "/account/password/reset/done"',
    'csrf_token = "csrfmiddlewaretoken"',
    "'password' => 'required|string|min:8|confirmed',",
    "secret = 'abcdefghijklmnopqrstuvwxyz123456'",
]
