using FsCheck;
using FsCheck.Fluent;
using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

public sealed class GrowthProperties
{
    private static readonly Gen<long> Prime = Gen.Choose(41, 1009).Select(number => Primes.AtLeast(number));

    /// <summary>The standard run with rounds of any prime size, and some seed for what else is drawn.</summary>
    private static readonly Gen<(DrawnRun Run, int Seed)> Runs =
        from prime in Prime
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select (DrawnRun.Standard(prime, Primes.NearestTo(2 * prime)), seed);

    [Fact]
    public void AnyWholeNumberPerOperation_WhateverOffsetAndWarmUp_Grows() => Holds(Runs, drawn =>
    {
        var random = new Random(drawn.Seed);
        int k = random.Next(1, 1000);
        double offset = random.Next(1_000_000);
        double coldStart = random.Next(100_000);
        Judgement judgement = drawn.Run.Reads((operations, round) => offset + (k * operations) + (round > 1 ? coldStart : 0)).Judge();
        return judgement.Shape == GrowthShape.Growing && Math.Abs(judgement.PerOperation - k) < 1e-6 && Math.Abs(judgement.WeakestPerOperation - k) < 1e-6;
    });

    [Fact]
    public void Shift_OfAllReadings_ChangesNothing() => Holds(Runs, drawn =>
    {
        Judgement one = AnyLine(drawn).Judge();
        return WithoutReadings(one) == WithoutReadings(AnyLine(drawn).Change((_, value) => value + 1_000_000).Judge());
    });

    [Fact]
    public void Growth_TakenSeveralTimes_IsNeverHarmless() => Holds(Runs, drawn =>
    {
        int times = new Random(drawn.Seed).Next(2, 50);
        bool grows = AnyLine(drawn).Judge().Grows;
        Judgement more = AnyLine(drawn).Change((_, value) => value * times).Judge();
        return !grows || more.Grows || more is { Shape: GrowthShape.Undecided, NeedsMoreRounds: true };
    });

    [Fact]
    public void Judgement_OfTheSameReadings_IsTheSame() => Holds(Runs, drawn => WithoutReadings(AnyLine(drawn).Judge()) == WithoutReadings(AnyLine(drawn).Judge()));

    [Fact]
    public void Step_OfAnySizeAtAnyRound_NeverGrows() => Holds(Runs, drawn =>
    {
        var random = new Random(drawn.Seed);
        int at = random.Next(0, 17);
        double size = Math.Pow(10, random.NextDouble() * 9);
        DrawnRun run = drawn.Run.Change((index, _) => 50 + (index >= at ? Math.Floor(size) : 0));
        return !run.Judge().Grows && !run.Judge(budgetUsedUp: true).Grows && !run.Judge(true, MetricNature.Bytes).Grows;
    });

    [Fact]
    public void AnyBeginning_ConstantForTheLastFourRounds_NeverGrows() => Holds(Runs, drawn =>
    {
        double end = 0;
        int seen = 0;
        int stop = drawn.Run.History.Rounds.Length - 4;
        AnyLine(drawn).Change((_, value) => end = seen++ < stop ? value : end);
        return !drawn.Run.Judge().Grows && !drawn.Run.Judge(budgetUsedUp: true).Grows;
    });

    [Fact]
    public void IdleRounds_InAnotherOrder_ChangeNeitherShapeNorRates() => Holds(Runs, drawn =>
    {
        // Each idle round's own change travels with it, and is taken back in the next round.
        double[] changes = [1, 3, 2];
        new Random(drawn.Seed).Shuffle(changes);
        Judgement one = WithIdle(drawn.Run, [1, 2, 3]).Judge();
        Judgement other = WithIdle(drawn.Run, changes).Judge();
        return one.Shape == other.Shape && one.NoiseFloor == other.NoiseFloor && one.PerOperation == other.PerOperation;
    });

    [Fact]
    public void RefusedReadings_OfALeak_NeverMakeItHarmless() => Holds(Runs, drawn =>
    {
        var random = new Random(drawn.Seed);
        double share = random.NextDouble();
        DrawnRun run = drawn.Run.Reads((operations, _) => operations).Change((_, value) => random.NextDouble() < share ? double.NaN : value);
        return run.Judge().Shape is GrowthShape.Growing or GrowthShape.Undecided
            && run.Judge(budgetUsedUp: true).Shape is GrowthShape.Growing or GrowthShape.Undecided;
    });

    [Fact]
    public void Readings_AllRefused_AreNeverHarmless() => Holds(Runs, drawn =>
        drawn.Run.Change((_, _) => double.NaN).Judge(budgetUsedUp: true).Shape == GrowthShape.Undecided);

    [Fact]
    public void Saturation_WithEnoughRounds_IsBounded() => Holds(Runs, drawn =>
    {
        var random = new Random(drawn.Seed);
        double cap = random.Next(100, 100_000);
        double scale = drawn.Run.History.Rounds[1].Operations * (0.7 + random.NextDouble());
        DrawnRun run = drawn.Run.Reads((operations, _) => Math.Floor(cap * (1 - Math.Exp(-operations / scale))));
        return run.Judge().Shape is not GrowthShape.Growing and not GrowthShape.GrowingWithTime;
    });

    [Fact]
    public void Leak_WithEnoughRoundsLeft_IsFoundWhereverItStarts() => Holds(Runs, drawn =>
    {
        int from = new Random(drawn.Seed).Next(0, 6);
        long prime = drawn.Run.History.Rounds[1].Operations;
        double start = 3 + (prime * from);
        return drawn.Run.Reads((operations, _) => Math.Max(0, operations - start)).Judge(budgetUsedUp: true).Shape == GrowthShape.Growing;
    });

    [Fact]
    public void Noise_AboutALevel_NeverGrowsInTenThousandRuns()
    {
        for (int seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            int by = 1 << random.Next(1, 14);
            DrawnRun run = DrawnRun.Standard().Change((_, _) => 100_000 + random.Next(-by, by + 1));
            Assert.False(run.Judge().Grows, $"seed {seed}: {run}");
            Assert.False(run.Judge(budgetUsedUp: true).Grows, $"seed {seed}: {run}");
        }
    }

    [Fact]
    public void Noise_ThatWanders_GrowsInNoMoreThanOneOfAThousandRuns()
    {
        int grows = 0;
        for (int seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            double level = 10_000;
            int by = 1 << random.Next(0, 8);
            DrawnRun run = DrawnRun.Standard().Change((_, _) => level += random.Next(-by, by + 1));
            grows += run.Judge(budgetUsedUp: true).Grows ? 1 : 0;
        }

        // A walk at random is the hardest noise: it has no level to return to.
        Assert.InRange(grows, 0, 10);
    }

    /// <summary>A leak, a queue, a cache, noise or a mixture.</summary>
    private static DrawnRun AnyLine((DrawnRun Run, int Seed) drawn)
    {
        var random = new Random(drawn.Seed);
        double slope = random.Next(3);
        double cap = random.Next(2) * random.Next(2000);
        int period = random.Next(1, 900);
        int jitter = random.Next(2) * random.Next(40);
        return drawn.Run.Reads((operations, _) =>
            Math.Floor((slope * operations) + Math.Min(cap, operations) + (random.Next(2) * (operations % period)) + random.Next(-jitter, jitter + 1)));
    }

    private static DrawnRun WithIdle(DrawnRun run, double[] changes)
    {
        int next = 0;
        double operations = 0;
        return run.Change((index, _) =>
        {
            Round round = run.History.Rounds[index];
            operations += round.Operations;
            return operations + (round.Kind == RoundKind.Idle ? changes[next++] : 0);
        });
    }

    private static void Holds<T>(Gen<T> cases, Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Arb.From(cases), property));

    /// <summary>What was made of them: arrays are equal when they are one.</summary>
    private static Judgement WithoutReadings(Judgement judgement) => judgement with { Readings = [] };
}
