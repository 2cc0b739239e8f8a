FROM python:3.13-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /srv/concord
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
# The key is needed to read the settings and signs nothing here; the server gets its own from the environment.
RUN SECRET_KEY=only-for-collecting-static-files python manage.py collectstatic --noinput \
    && mkdir -p var/media && useradd --system concord && chown -R concord var
USER concord
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "config.wsgi:application"]
