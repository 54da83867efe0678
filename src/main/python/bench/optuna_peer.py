"""The peer of `tunesmith bench dispatch --peer`: Optuna on a PostgreSQL, one process a worker, as its documentation recommends.

optuna_peer.py make URL STUDY         makes the database (the last part of URL) and the study
optuna_peer.py work URL STUDY TRIALS  one worker: works until TRIALS have completed
optuna_peer.py count URL STUDY        prints one line of JSON
"""
import json
import math
import sys
from urllib.parse import urlsplit

import optuna
from optuna.study import MaxTrialsCallback
from optuna.trial import TrialState

optuna.logging.set_verbosity(optuna.logging.WARNING)


def storage(url):
    return optuna.storages.RDBStorage(url, heartbeat_interval=60, failed_trial_callback=optuna.storages.RetryFailedTrialCallback())


def objective(trial):
    """As many parameters as the search of the penguins, some conditional; costs nothing."""
    config = {"learner": trial.suggest_categorical("learner", ["xgboost", "lightgbm", "linear"])}
    if config["learner"] == "linear":
        config["lambda"] = trial.suggest_float("lambda", 1e-4, 100, log=True)
        config["alpha"] = trial.suggest_float("alpha", 1e-4, 100, log=True)
    else:
        name = config["learner"]
        config["rate"] = trial.suggest_float(name + "_rate", 0.01, 0.3, log=True)
        config["depth"] = trial.suggest_int(name + "_depth", 2, 10)
        config["leaf"] = trial.suggest_int(name + "_leaf", 1, 100, log=True)
        config["rows"] = trial.suggest_float(name + "_rows", 0.5, 1)
        config["columns"] = trial.suggest_float(name + "_columns", 0.5, 1)
        config["lambda"] = trial.suggest_float(name + "_lambda", 1e-3, 100, log=True)
    parts = [math.sin(math.log1p(abs(value))) if not isinstance(value, str) else 0.5 for value in config.values()]
    score = 0.5 + 0.4 * sum(parts) / len(parts)
    trial.report(score, 1)
    return score


def make(url, study):
    import psycopg2

    parts = urlsplit(url)
    connection = psycopg2.connect(host=parts.hostname, port=parts.port, user=parts.username, password=parts.password, dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        name = parts.path[1:]
        cursor.execute("select 1 from pg_database where datname = %s", (name,))
        if not cursor.fetchone():
            cursor.execute('create database "' + name + '"')
    connection.close()
    optuna.create_study(study_name=study, storage=storage(url), direction="maximize")


def work(url, study, trials):
    # The pruner is named so that it costs what ours does; at step 1 none prunes.
    loaded = optuna.load_study(study_name=study, storage=storage(url), sampler=optuna.samplers.TPESampler(), pruner=optuna.pruners.MedianPruner(n_warmup_steps=20))
    loaded.optimize(objective, callbacks=[MaxTrialsCallback(trials, states=(TrialState.COMPLETE,))])


def count(url, study):
    trials = optuna.load_study(study_name=study, storage=storage(url)).trials
    complete = [trial for trial in trials if trial.state == TrialState.COMPLETE]
    retried = [trial.system_attrs.get("failed_trial") for trial in complete if trial.system_attrs.get("failed_trial") is not None]
    seconds = (max(trial.datetime_complete for trial in complete) - min(trial.datetime_start for trial in trials if trial.datetime_start)).total_seconds()
    print(json.dumps({
        "complete": len(complete),
        "running": sum(trial.state == TrialState.RUNNING for trial in trials),
        "failed": sum(trial.state == TrialState.FAIL for trial in trials),
        "twice": len(retried) - len(set(retried)),
        "seconds": seconds,
        "version": optuna.__version__,
    }))


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    {"make": make, "count": count, "work": lambda url, study, trials: work(url, study, int(trials))}[command](*arguments)
