package io.tunesmith.api.rest;

/** Looks at the service's own installation. Thread-safe. */
public interface Doctor {
    DoctorView examine();
}
