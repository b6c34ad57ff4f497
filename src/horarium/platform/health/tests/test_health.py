"""Watchers and balancers are told the truth."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from horarium.platform.health import metrics
from tests.bed.cluster import CLUSTER

pytestmark = pytest.mark.django_db


def beat(seconds_ago: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [timezone.now() - timedelta(seconds=seconds_ago)],
        )


def test_live_says_that_the_process_answers(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})


def test_ready_needs_a_worker(client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "not_ready",
        "parts": {
            "database": "ready",
            "migrations": "ready",
            "worker": "none is running: horarium worker",
        },
    }


def test_ready_with_a_worker_that_beats(client: Client) -> None:
    beat(seconds_ago=5)
    assert client.get("/health/ready").status_code == 200


def test_a_silent_worker_is_no_worker(client: Client) -> None:
    beat(seconds_ago=90)
    assert ProcrastinateWorker.objects.count() == 1
    assert client.get("/health/ready").json()["parts"]["worker"] == "silent for 90 s"


def test_a_request_carries_an_id_of_ours_or_a_sane_one_of_its_own(client: Client) -> None:
    assert len(client.get("/nowhere")["X-Request-ID"]) == 16
    assert client.get("/nowhere", headers={"X-Request-ID": "trace-12345678"})["X-Request-ID"] == (
        "trace-12345678"
    )
    assert client.get("/nowhere", headers={"X-Request-ID": "a\tb c"})["X-Request-ID"] != "a\tb c"


@pytest.mark.django_db(transaction=True)
def test_metrics_read_the_queues_of_the_moment() -> None:
    from django.db import connection

    url = CLUSTER.url(str(connection.settings_dict["NAME"]))
    found = {metric.name: metric.samples[0].value for metric in metrics.Queues(url).collect()}
    assert found == {
        "horarium_jobs_waiting": 0,
        "horarium_jobs_failed": 0,
        "horarium_jobs_late_seconds": 0,
        "horarium_outbox_lag_seconds": 0,
    }
