"""What stands between a password and the house, where it differs from the library's."""

from typing import Any

from allauth.account.stages import EmailVerificationStage

from coulisses.accounts import policy


class AddressStage(EmailVerificationStage):
    """The address has to be confirmed, by a code that a letter brings."""

    def handle(self) -> Any:
        """Ask for the code, except of who has no address, or comes without a letter."""
        known = self.login.user
        if known and (not known.email or policy.comes_without_a_letter(known)):
            return None, True
        return super().handle()
