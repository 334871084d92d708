#!/usr/bin/env python3
"""Golden values of the attacks and of the measures beside them, straight from their definitions with numpy and torch.

Every figure is computed another way than in Lethe: by counting pairs instead of sorting, by broadcasting instead of searching, with
decimals of 60 digits instead of logarithms, by integrating densities instead of calling quantiles.

Run from the repository root:  python3 tests/reference/attack_measures.py
Writes tests/Lethe.Verification.Tests/golden/attacks.json
"""
import decimal
import json
import math
import os

import numpy as np
import torch

rng = np.random.default_rng(20241)
golden = {}


def numbers(values, digits=5):
    return np.round(np.asarray(values, dtype=np.float64), digits)


def put(**values):
    for name, value in values.items():
        golden[name] = value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


# ---- logit-scaled confidence and the features of the simple attacks -----------------------------------------------------------------
logits = numbers(rng.normal(0, 4, (12, 5)), 3).astype(np.float32)
logits[0] = [80, -60, 0, 1, 2]
labels = rng.integers(0, 5, 12)
labels[0] = 0
z = torch.tensor(logits, dtype=torch.float64)
p64 = torch.softmax(z, 1).numpy()
own = p64[np.arange(12), labels]
rest = np.where(np.eye(5, dtype=bool)[labels], 0, p64).sum(1)
p32 = torch.softmax(torch.tensor(logits), 1).numpy()
own32 = p32[np.arange(12), labels].astype(np.float64)
rest32 = np.where(np.eye(5, dtype=bool)[labels], 0, p32.astype(np.float64)).sum(1)
put(
    logits=logits.astype(np.float64), logitLabels=labels, probabilities=p32.astype(np.float64),
    phiOfLogits=np.log(own + 1e-45) - np.log(rest + 1e-45), phiOfProbabilities=np.log(own32 + 1e-45) - np.log(rest32 + 1e-45),
    entropy=torch.distributions.Categorical(probs=torch.tensor(p32, dtype=torch.float64)).entropy().numpy(),
    confidence=p32.max(1).astype(np.float64),
    margin=own32 - np.where(np.eye(5, dtype=bool)[labels], -1, p32).max(1))


# ---- ROC by pairs and by all thresholds -----------------------------------------------------------------------------------------------
def auc_of(members, others):
    members, others = np.asarray(members), np.asarray(others)
    wins = (members[:, None] > others).astype(float) + 0.5 * (members[:, None] == others)
    error = math.sqrt(wins.mean(1).var(ddof=1) / len(members) + wins.mean(0).var(ddof=1) / len(others))
    return wins.mean(), error


def tpr_at(members, others, rate):
    best = 0.0
    for t in np.concatenate([members, others]):
        if (others >= t).mean() <= rate:
            best = max(best, (members >= t).mean())
    return best


members, others = numbers(rng.normal(1, 1, 90), 1), numbers(rng.normal(0, 1, 240), 1)
auc, auc_error = auc_of(members, others)
put(
    rocMembers=members, rocOthers=others, auc=auc, aucError=auc_error,
    balanced=max(((members >= t).mean() + (others < t).mean()) / 2 for t in np.concatenate([members, others])),
    tpr001=tpr_at(members, others, 0.01), tpr0001=tpr_at(members, others, 0.001), tpr01=tpr_at(members, others, 0.1))


# ---- U-LiRA, each shadow model attacked by all others ------------------------------------------------------------------------------------
def density(x, centre, deviation):
    return math.exp(-((x - centre) / deviation) ** 2 / 2) / (deviation * math.sqrt(2 * math.pi))


models, records = 14, 9
inside = np.array([[(m + r) % 2 == 0 for r in range(records)] for m in range(models)])
phi = numbers(rng.normal(0, 1, (models, records)) + 1.1 * inside + rng.normal(0, 2, records))
member_scores, other_scores, pairs = [], [], []
for r in range(records):
    for m in range(models):
        keep = np.arange(models) != m
        a, b = phi[keep & inside[:, r], r], phi[keep & ~inside[:, r], r]
        pairs.append((phi[m, r], inside[m, r], a, b))
for x, member, a, b in pairs:
    score = math.log(density(x, np.median(a), np.std(a)) / density(x, np.median(b), np.std(b)))
    (member_scores if member else other_scores).append(score)
put(
    phi=phi, phiInside=inside, liraMembers=member_scores, liraOthers=other_scores,
    liraAccuracy=(np.mean(np.array(member_scores) > 0) + np.mean(np.array(other_scores) <= 0)) / 2,
    liraAuc=auc_of(member_scores, other_scores)[0])


# ---- RMIA by broadcasting ------------------------------------------------------------------------------------------------------------------
def rmia(p_x, refs, seen, p_z, refs_z, a, gamma, online):
    if online:
        p_ref = np.array([(refs[seen[:, x], x].mean() + refs[~seen[:, x], x].mean()) / 2 for x in range(len(p_x))])
        p_pop = refs_z.mean(0)
    else:
        out = np.array([
            refs[~seen[:, x], x].mean() if (~seen[:, x]).any() else np.clip((refs[:, x].mean() + a - 1) / a, 0, 1) for x in range(len(p_x))])
        p_ref, p_pop = (1 + a) / 2 * out + (1 - a) / 2, (1 + a) / 2 * refs_z.mean(0) + (1 - a) / 2
    return ((p_x / p_ref)[:, None] / (p_z / p_pop) > gamma).mean(1)


n_refs, n_x, n_z = 5, 20, 37
seen = np.array([[(x // 2 + m) % 2 == 0 for x in range(n_x)] for m in range(n_refs)])
hard = rng.uniform(-2, 3, n_x)
sigmoid = lambda v: 1 / (1 + np.exp(-v))
refs = numbers(sigmoid(hard + 1.5 * seen + rng.normal(0, 0.5, (n_refs, n_x))), 6)
target = numbers(sigmoid(hard + 1.5 * (np.arange(n_x) % 3 == 0) + rng.normal(0, 0.5, n_x)), 6)
hard_z = rng.uniform(-2, 3, n_z)
refs_z = numbers(sigmoid(hard_z + rng.normal(0, 0.5, (n_refs, n_z))), 6)
target_z = numbers(sigmoid(hard_z + rng.normal(0, 0.5, n_z)), 6)
best_a, best_auc = 0.0, -1.0
for step in range(11):
    scores = rmia(refs[0], refs[1:], seen[1:], refs_z[0], refs_z[1:], step / 10, 1, False)
    value = auc_of(scores[seen[0]], scores[~seen[0]])[0]
    if value > best_auc:
        best_a, best_auc = step / 10, value
put(
    rmiaTarget=target, rmiaRefs=refs, rmiaSeen=seen, rmiaPopulation=target_z, rmiaPopulationRefs=refs_z,
    rmiaOffline=rmia(target, refs, seen, target_z, refs_z, 0.3, 1, False), rmiaGamma2=rmia(target, refs, seen, target_z, refs_z, 0.6, 2, False),
    rmiaOnline=rmia(target, refs, seen, target_z, refs_z, 0, 1, True), rmiaWeight=best_a,
    rmiaSingle=rmia(target, refs[:1], seen[:1], target_z, refs_z[:1], 0.8, 1, False))


# ---- ε-forgetting, all thresholds at once ----------------------------------------------------------------------------------------------------
def epsilon(u, g, delta=1e-5):
    pos, neg = (g, u) if np.median(g) > np.median(u) else (u, g)
    ranges = np.ptp(pos), np.ptp(neg)
    if min(ranges) / max(ranges) < 0.01:
        return 50.0
    low, high = min(pos.min(), neg.min()), max(pos.max(), neg.max())
    t = np.linspace(low, high, math.ceil((high - low) * 100))[:, None]
    rates = [((neg >= t).mean(1), (pos < t).mean(1))]
    peak, flat = (neg, pos) if ranges[0] >= ranges[1] else (pos, neg)
    width = np.ptp(peak)
    start, stop = peak.min() + width - 2, peak.max() + 2
    for right in np.linspace(start, stop, math.ceil((stop - start) * 100)):
        first, last = right - width - 2, right - width + 2
        left = np.linspace(first, last, math.ceil((last - first) * 100))[:, None]
        rates.append((((left <= flat) & (flat <= right)).mean(1), 1 - ((left <= peak) & (peak <= right)).mean(1)))
    best = -math.inf
    for fprs, fnrs in rates:
        for fpr, fnr in zip(fprs, fnrs):
            fnr = 0.0 if fnr < 1e-12 else fnr
            if fpr == 0 and fnr == 0:
                best = math.inf
            elif fpr > 0 and fnr > 0:
                values = []
                if 1 - delta - fpr > 0:
                    values.append(math.log(1 - delta - fpr) - math.log(fnr))
                if 1 - delta - fnr > 0:
                    values.append(math.log(1 - delta - fnr) - math.log(fpr))
                best = max([best, 0.0, *values])
    return min(best, 50.0)


runs = 16
shifts = [0, 0.5, 1.5, 0, 9, 0]
spreads = [1, 1, 1, 0.25, 1, 0.001]
unlearned = numbers(np.stack([rng.normal(s, d, runs) for s, d in zip(shifts, spreads)], 1), 4)
retrained = numbers(rng.normal(0, 1, (runs, len(shifts))), 4)
epsilons = [epsilon(unlearned[:, i], retrained[:, i]) for i in range(len(shifts))]
bins = 2 * math.ceil(math.log(runs - 1))
put(
    epsUnlearned=unlearned, epsGold=retrained, epsilons=epsilons, epsBins=bins,
    epsQuality=np.mean([2.0 ** -math.floor(e / 0.5) if math.floor(e / 0.5) < bins else 0.0 for e in epsilons]))

# ---- DUCI ------------------------------------------------------------------------------------------------------------------------------------
duci_members, duci_others = numbers(rng.normal(1.5, 1, 150), 2), numbers(rng.normal(0, 1, 150), 2)
duci_scores = numbers(np.concatenate([rng.normal(1.5, 1, 30), rng.normal(0, 1, 70)]), 2)
gaps = {t: (duci_members >= t).mean() - (duci_others >= t).mean() for t in np.unique(np.concatenate([duci_members, duci_others]))}
threshold = max(sorted(gaps, reverse=True), key=lambda t: gaps[t])
t, f, m = (duci_members >= threshold).mean(), (duci_others >= threshold).mean(), (duci_scores >= threshold).mean()


def agresti(share, count):
    centre = (share * count + 2) / (count + 4)
    return centre * (1 - centre) / (count + 4)


fraction = np.mean([(float(s >= threshold) - f) / (t - f) for s in duci_scores])
h = 1e-6
estimate = lambda m, t, f: (m - f) / (t - f)
slopes = [(estimate(m + h, t, f) - estimate(m - h, t, f)) / (2 * h), (estimate(m, t + h, f) - estimate(m, t - h, f)) / (2 * h), (estimate(m, t, f + h) - estimate(m, t, f - h)) / (2 * h)]
half = 1.959963984540054 * math.sqrt(slopes[0] ** 2 * agresti(m, 100) + slopes[1] ** 2 * agresti(t, 150) + slopes[2] ** 2 * agresti(f, 150))
put(duciMembers=duci_members, duciOthers=duci_others, duciScores=duci_scores, duciThreshold=threshold, duciFraction=fraction, duciHalf=half)

# ---- ZRF with torch's divergence, its arguments the right way round ------------------------------------------------------------------------------
left = torch.softmax(torch.tensor(rng.normal(0, 3, (15, 4))), 1).to(torch.float32)
right = torch.softmax(torch.tensor(rng.normal(0, 0.1, (15, 4))), 1).to(torch.float32)
a, b = left.double(), right.double()
middle = ((a + b) / 2).log()
kl = lambda p: torch.nn.functional.kl_div(middle, p, reduction="batchmean")
put(zrfModel=left.double().numpy(), zrfRandom=right.double().numpy(), zrf=1 - ((kl(a) + kl(b)) / 2).item())


# ---- margins against gold -------------------------------------------------------------------------------------------------------------------------
def klom(p, q):
    p, q = np.clip(p, -100, 100), np.clip(q, -100, 100)
    edges = np.linspace(min(p.min(), q.min()), max(p.max(), q.max()), 21)
    p, q = np.histogram(p, edges)[0] / len(p), np.histogram(q, edges)[0] / len(q)
    q = np.where(p > 0, np.maximum(q, 1e-5), q)
    q = q / q.sum()
    return float((p[p > 0] * np.log(p[p > 0] / q[p > 0])).sum())


klom_p, klom_q = numbers(rng.normal(0.8, 1, 60)), numbers(rng.normal(0, 1, 45))
gold_margins, candidate_margins = numbers(rng.normal(3, 1, (4, 25))), numbers(rng.normal(4, 1, 25))


def distances(candidate, golds):
    return np.abs(candidate - golds.mean(0)) / (golds.std(0, ddof=1) * math.sqrt(1 + 1 / len(golds)))


far = distances(candidate_margins, gold_margins)
put(
    klomP=klom_p, klomQ=klom_q, klom=klom(klom_p, klom_q), goldMargins=gold_margins, candidateMargins=candidate_margins, marginMedian=np.median(far),
    marginUpper=np.percentile(far, 95), marginFloor=[np.median(distances(gold_margins[i], np.delete(gold_margins, i, 0))) for i in range(4)])


# ---- Student's quantile by integration, influence on losses ------------------------------------------------------------------------------------------
def student(probability, freedom):
    constant = math.gamma((freedom + 1) / 2) / (math.sqrt(freedom * math.pi) * math.gamma(freedom / 2))

    def below(x):
        grid = np.linspace(0, x, 20001)
        values = constant * (1 + grid * grid / freedom) ** (-(freedom + 1) / 2)
        step = x / 20000
        return 0.5 + step / 3 * (values[0] + values[-1] + 4 * values[1:-1:2].sum() + 2 * values[2:-1:2].sum())

    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < probability else (low, middle)
    return (low + high) / 2


quantile = student(0.975, 3)
gold_losses = numbers(rng.gamma(2, 1, 18) + rng.normal(0, 0.2, (4, 18)) + 3)
original_losses = numbers(gold_losses.mean(0) - rng.gamma(2, 0.5, 18))
candidate_losses = numbers(original_losses + 0.6)
original_losses, candidate_losses, gold_losses = (x.astype(np.float32).astype(np.float64) for x in (original_losses, candidate_losses, gold_losses))
influence = gold_losses.mean(0) - original_losses
limit = quantile * gold_losses.std(0, ddof=1) * math.sqrt(1.25)
put(
    student3=quantile, originalLosses=original_losses, candidateLosses=candidate_losses, goldLosses=gold_losses, influence=influence,
    influenceMean=influence.mean(), influenceRemoved=(candidate_losses - original_losses).mean() / influence.mean(), remembered=int((influence > limit).sum()),
    powerThreshold=quantile * gold_losses.mean(1).std(ddof=1) * math.sqrt(1.25), powerEffect=abs(original_losses.mean() - gold_losses.mean()))


# ---- binomial tails with 60 digits ----------------------------------------------------------------------------------------------------------------------
decimal.getcontext().prec = 60
decimal.getcontext().Emin = -999999


def terms(n, p):
    p = decimal.Decimal(p)
    term, odds = (1 - p) ** n, p / (1 - p)
    for k in range(n + 1):
        yield k, term
        term = term * (n - k) / (k + 1) * odds


def lower_tail(k, n, p):
    return sum((term for i, term in terms(n, p) if i <= k), decimal.Decimal(0)) if k < n else decimal.Decimal(1)


def threshold_of(n, q, alpha):
    cdf, limit = decimal.Decimal(0), 1 - decimal.Decimal(alpha)
    for k, term in terms(n, q):
        cdf += term
        if cdf >= limit:
            return k, 1 - cdf
    raise AssertionError


large_t, large_size = threshold_of(1_000_000, "0.1", "0.001")
cdf = decimal.Decimal(0)
for k, term in terms(1_000_000, "0.102"):
    cdf += term
    if k == large_t:
        break
thirty_t, thirty_size = threshold_of(30, "0.1", "0.001")
put(
    largeThreshold=large_t, largeSize=float(large_size), largeBeta=float(cdf), thirtyThreshold=thirty_t, thirtySize=float(thirty_size),
    thirtyBeta=float(lower_tail(thirty_t, 30, "0.6")), thirtyPublishedSize=float(1 - lower_tail(thirty_t - 1, 30, "0.1")))

# ---- memory of blocks -----------------------------------------------------------------------------------------------------------------------------------------
block_losses = [numbers(rng.exponential(1 if age >= 2 else 0.4, 40), 4) for age in (4, 3, 2, 1, 0)]
unseen_losses = numbers(rng.exponential(1, 300), 4)
block_losses = [x.astype(np.float32).astype(np.float64) for x in block_losses]
unseen_losses = unseen_losses.astype(np.float32).astype(np.float64)
block_auc = [auc_of(-x, -unseen_losses)[0] for x in block_losses]
chance = lambda n: math.sqrt((n + 301) / (12 * n * 300))
p_value = lambda value, n: 0.5 * math.erfc((value - 0.5) / chance(n) / math.sqrt(2))
block_p = [p_value(value, 40) for value in block_auc]
first = None
for age in range(5):
    old = block_losses[: 5 - age]
    pooled = p_value(auc_of(-np.concatenate(old), -unseen_losses)[0], 40 * len(old))
    if 2 * min(pooled, len(old) * min(block_p[: 5 - age])) > 0.05:
        first = age
        break
put(blockLosses=np.stack(block_losses), unseenLosses=unseen_losses, blockAuc=block_auc, blockP=block_p, nothingLeftFrom=first)

# ---- shadow models before and after they forgot: DUCI, ε-forgetting and KLOM together ---------------------------------------------------------------------------
shadow_rng = np.random.default_rng(7)
pairs_of, shadow_records = 13, 8
learns = np.zeros((2 * pairs_of, shadow_records), dtype=bool)
for pair in range(pairs_of):
    half = shadow_rng.permutation(shadow_records) < shadow_records // 2
    learns[2 * pair], learns[2 * pair + 1] = half, ~half
ease = shadow_rng.normal(0, 2, shadow_records)
phi_before = numbers(ease + 3 * learns + shadow_rng.normal(0, 1, learns.shape))
phi_after = numbers(ease + 1.2 * learns + shadow_rng.normal(0, 1, learns.shape))
target_phi = numbers(ease + 3 * (np.arange(shadow_records) < 5) + shadow_rng.normal(0, 1, shadow_records))


def ratio(x, column, seen_by, left_out=None):
    keep = np.arange(len(column)) != left_out
    a, b = column[keep & seen_by], column[keep & ~seen_by]
    return math.log(density(x, np.median(a), np.std(a)) / density(x, np.median(b), np.std(b)))


side = pairs_of // 2
original, original_floor, original_reference, unlearned_side, floor, reference = (np.zeros((side, shadow_records)) for _ in range(6))
duci_in, duci_out = [], []
for r in range(shadow_records):
    inner, outer = np.flatnonzero(learns[:, r]), np.flatnonzero(~learns[:, r])
    original[:, r], unlearned_side[:, r] = phi_before[inner[:side], r], phi_after[inner[:side], r]
    original_floor[:, r], original_reference[:, r] = phi_before[outer[:side], r], phi_before[outer[side:2 * side], r]
    floor[:, r], reference[:, r] = phi_after[outer[:side], r], phi_after[outer[side:2 * side], r]
    for m in range(2 * pairs_of):
        (duci_in if learns[m, r] else duci_out).append(ratio(phi_before[m, r], phi_before[:, r], learns[:, r], m))


def quality(u, against):
    values = [epsilon(u[:, r], against[:, r]) for r in range(shadow_records)]
    bin_count = 2 * math.ceil(math.log(side - 1))
    known = [2.0 ** -math.floor(e / 0.5) if math.floor(e / 0.5) < bin_count else 0.0 for e in values if e >= 0]
    return np.mean(known)


def kloms(u, against):
    values = [klom(u[:, r], against[:, r]) for r in range(shadow_records)]
    return [np.mean(values), np.percentile(values, 95)]


compared = [(original, original_reference), (original_floor, original_reference), (unlearned_side, reference), (floor, reference)]
duci_in, duci_out = np.array(duci_in), np.array(duci_out)
scored = np.array([ratio(target_phi[r], phi_before[:, r], learns[:, r]) for r in range(shadow_records)])
gap_at = {v: (duci_in >= v).mean() - (duci_out >= v).mean() for v in np.concatenate([duci_in, duci_out])}
cut = max(sorted(gap_at, reverse=True), key=lambda v: gap_at[v])
put(
    shadowBefore=phi_before, shadowAfter=phi_after, shadowInside=learns, shadowTarget=target_phi, shadowSide=side,
    shadowQualities=[quality(*pair) for pair in compared], shadowKloms=[kloms(*pair) for pair in compared], shadowScores=scored,
    shadowFraction=((scored >= cut).mean() - (duci_out >= cut).mean()) / gap_at[cut])

path = os.path.join(os.path.dirname(__file__), "..", "Lethe.Verification.Tests", "golden", "attacks.json")
with open(path, "w", encoding="utf-8") as file:
    json.dump(golden, file, sort_keys=True, separators=(",", ":"))
    file.write("\n")
