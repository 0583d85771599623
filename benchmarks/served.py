"""The app's own settings, with as many questions as are asked and one address more."""

from samverkan.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.served_urls"
API_QUESTIONS_A_MINUTE = 10**9
