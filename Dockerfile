FROM python:3.11-slim-bookworm

WORKDIR /app
RUN useradd --uid 10001 --no-create-home samverkan && install -d -o samverkan var

COPY run requirements.lock ./
RUN ./run install

COPY . .
# Static files are collected here, so that the first start is quick. The values satisfy the safety
# check for this one command and are not kept.
RUN SAMVERKAN_MODE=production \
    SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    ALLOWED_HOSTS=build.invalid DATABASE_URL=sqlite:////tmp/build.sqlite3 \
    EMAIL_HOST=build.invalid DEFAULT_FROM_EMAIL=build@build.invalid \
    .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && chown -R samverkan var

USER samverkan
ENV SAMVERKAN_MODE=production BIND=0.0.0.0:8000 PYTHONDONTWRITEBYTECODE=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD [".venv/bin/python", "-c", \
    "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/halsa/', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].lstrip('.')}), timeout=4)"]
CMD ["./run", "serve"]
