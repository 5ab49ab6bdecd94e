"""What a held thing looks like, said to a person by the readers' key for it."""

from coulisses_agent.speech import gettext as _
from coulisses_agent.speech import gettext_noop as N_

_OTHERWISE = N_("a secret")
KINDS = {
    # of files, by their names
    "env_file": N_("a file of settings that stay private"),
    "private_key": N_("a private key"),
    "key_store": N_("a store of keys"),
    "password_store": N_("a store of passwords"),
    "credentials": N_("a name with its password"),
    "package_token": N_("a token for publishing packages"),
    # of words and lines
    "basic_auth_credentials": N_("a name with its password"),
    "secret_keyword": N_("a password"),
    "high_entropy": N_("a long random value, as keys are"),
    "service_token": N_("a service token"),
    "json_web_token": N_("a token that opens a session"),
    "artifactory_credentials": N_("an Artifactory key"),
    "aws_access_key": N_("an AWS key"),
    "azure_storage_account_access_key": N_("an Azure key"),
    "cloudant_credentials": N_("a Cloudant key"),
    "discord_bot_token": N_("a Discord token"),
    "github_token": N_("a GitHub token"),
    "gitlab_token": N_("a GitLab token"),
    "ibm_cloud_iam_key": N_("an IBM Cloud key"),
    "ibm_cos_hmac_credentials": N_("an IBM Cloud key"),
    "mailchimp_access_key": N_("a Mailchimp key"),
    "npm_tokens": N_("a token for publishing packages"),
    "openai_token": N_("an OpenAI key"),
    "pypi_token": N_("a token for publishing packages"),
    "sendgrid_api_key": N_("a SendGrid key"),
    "slack_token": N_("a Slack token"),
    "softlayer_credentials": N_("a SoftLayer key"),
    "square_oauth_secret": N_("a Square key"),
    "stripe_access_key": N_("a Stripe key"),
    "telegram_bot_token": N_("a Telegram token"),
    "twilio_api_key": N_("a Twilio key"),
}


def spoken(key: str) -> str:
    """Return what stands behind a key, with its article; of one that is new here, no more."""
    return _(KINDS.get(key, _OTHERWISE))
