# For Binder, and for any machine with Docker: docker build -t tunebook . && docker run --rm -p 8888:8888 tunebook
FROM debian:bookworm-slim

ARG NB_USER=jovyan
ARG NB_UID=1000
ENV USER=${NB_USER} NB_UID=${NB_UID} HOME=/home/${NB_USER} LANG=C.UTF-8

# what ./tunebook would install, which only root may; the JDK's package wants the folder that slim images lack
RUN mkdir -p /usr/share/man/man1 \
    && apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates curl unzip openjdk-17-jdk-headless \
        jupyter-nbconvert jupyter-client python3-nbclient jupyter-notebook \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid ${NB_UID} --create-home --shell /bin/bash ${NB_USER}

COPY --chown=${NB_UID} . ${HOME}
WORKDIR ${HOME}
USER ${NB_USER}

# builds, and leaves Maven's repository behind for the next build
RUN ./tunebook kernel install

EXPOSE 8888
CMD ["./tunebook", "notebook", "--ip=0.0.0.0", "--no-browser"]
