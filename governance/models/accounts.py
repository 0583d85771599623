"""Accounts: who may sign in. What they may do stands in grants and mandates."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from governance.models.acts import tracked


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an e-mail address is the same in upper and lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """An account (konto), signed in with an e-mail address.

    It has no name: a name belongs to the Person that it may be linked to. `is_staff`
    marks an operator, who alone sees the back office.
    """

    email = models.EmailField(
        "e-postadress",
        unique=True,
        error_messages={"unique": "Det finns redan ett konto med den e-postadressen."},
    )
    is_active = models.BooleanField("öppet", default=True)
    is_staff = models.BooleanField("driftansvarig", default=False)
    date_joined = models.DateTimeField("skapat", auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = UserManager()
    history = tracked(without=("email", "password", "last_login"))

    class Meta:
        verbose_name = "konto"
        verbose_name_plural = "konton"
        ordering = ["email"]

    def __str__(self) -> str:
        return f"Konto {self.pk}"

    @property
    def shown(self) -> str:
        """What others see of the account: its address, or its number when the person is protected.

        The address is a sign-in and stays as it is, but as a rule it is made of the name.
        Rows come with `select_related("person")`.
        """
        person = getattr(self, "person", None)
        return f"{self} (adressen visas inte)" if person and person.protected else self.email
