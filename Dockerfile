# The first stage installs the packages and collects the static files; the second runs the site as an unprivileged user.
FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /site
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY manage.py gunicorn.conf.py ./
COPY learningcities learningcities
COPY directory directory
COPY templates templates
COPY static static
COPY fixtures fixtures
RUN SECRET_KEY=only-to-build ALLOWED_HOSTS=localhost /venv/bin/python manage.py collectstatic --noinput

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 BIND=0.0.0.0:8000
RUN useradd --system --uid 10001 --no-create-home site
COPY --from=build /venv /venv
COPY --from=build /site /site
WORKDIR /site
USER 10001
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live/', timeout=5)"]
CMD ["gunicorn"]
