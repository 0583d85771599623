"""One's own account: signing in and out, passwords, and what the account may do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from governance.forms.accounts import (
    ChangePasswordForm,
    ForgotPasswordForm,
    NewPasswordForm,
    SignInForm,
)
from governance.models import User
from governance.permissions import names
from governance.queries.accounts import held_rights
from governance.rights import EDIT_STRUCTURE, rights
from governance.services.accounts import LINK_DAYS


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Whom the account is linked to, what it may do and why."""
    known = rights(request.user)
    person = known.person
    context = {
        "person": person,
        "name": names(request.user, [person])[person.pk] if person else None,
        "held": held_rights(known, known.agreements),
        "agreements": known.agreements,
        "coordinates": any(known.may(EDIT_STRUCTURE, each) for each in known.agreements),
    }
    return render(request, "accounts/account.html", context)


class SignIn(auth.LoginView):
    """E-mail and password; goes on to where the reader was heading, if that is in the app."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(auth.LogoutView):
    next_page = "governance:login"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        messages.success(request, "Du är utloggad.")
        return response


class ChangePassword(auth.PasswordChangeView):
    """The new password ends all other sign-ins of the account."""

    template_name = "accounts/password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("governance:account")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, "Lösenordet är bytt. Andra inloggningar är avslutade.")
        return super().form_valid(form)


class ForgotPassword(auth.PasswordResetView):
    template_name = "accounts/forgot.html"
    form_class = ForgotPasswordForm
    email_template_name = "accounts/mail/new_password.txt"
    subject_template_name = "accounts/mail/new_password_subject.txt"
    extra_email_context = {"days": LINK_DAYS}
    success_url = reverse_lazy("governance:password_sent")


@login_not_required
@require_safe
def password_sent(request: HttpRequest) -> HttpResponse:
    """The same for every address, whether it has an account or not."""
    return render(request, "accounts/sent.html", {"days": LINK_DAYS})


class NewPassword(auth.PasswordResetConfirmView):
    """The page behind the link in a letter; a used or old link says whom to ask."""

    template_name = "accounts/new_password.html"
    form_class = NewPasswordForm
    extra_context = {"days": LINK_DAYS}
    reset_url_token = "valj"  # noqa: S105 - the word in the address, not a secret
    success_url = reverse_lazy("governance:login")
    done = "Lösenordet är bytt. Logga in med det nya."

    def get_user(self, uidb64: str) -> User | None:
        """Nobody for a closed account, whose links do not work."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        messages.success(self.request, self.done)
        return super().form_valid(form)


class Invitation(NewPassword):
    """The first password; whoever chooses it is signed in at once."""

    template_name = "accounts/invitation.html"
    success_url = reverse_lazy("governance:start")
    post_reset_login = True
    post_reset_login_backend = "governance.rights.AccountBackend"
    done = "Välkommen. Ditt lösenord är sparat och du är inloggad."
