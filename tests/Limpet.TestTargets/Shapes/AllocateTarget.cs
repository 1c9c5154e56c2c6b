namespace Limpet.TestTargets;

/// <summary>Allocates all the while on two threads, beside a set that stays as it is.</summary>
/// <remarks><code>
/// static s_steady ─→ SteadyCargo[10_000] ─→ SteadyCargo                     10,000 at any moment
/// static s_rings  ─→ ChurnCargo[2][1_000] ─→ ChurnCargo ─Before→ byte[]     2,000 at any moment, and what the two threads just made
/// </code></remarks>
internal sealed class AllocateTarget : Target
{
    private static SteadyCargo[]? s_steady;
    private static ChurnCargo[][]? s_rings;
    private static long s_made;

    public override string Build()
    {
        s_steady = [.. Enumerable.Range(0, 10_000).Select(_ => new SteadyCargo())];
        s_rings = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, 1_000).Select(i => new ChurnCargo(i)).ToArray())];
        foreach (ChurnCargo[] ring in s_rings)
        {
            new Thread(() => Churn(ring)) { IsBackground = true, Name = "churn" }.Start();
        }

        return "SteadyCargo=10000 ChurnCargo=2000..2002";
    }

    /// <summary>Answers with what was made so far: a proof that the threads are running.</summary>
    public override string Answer(string line, int number) => $"done {number} made {Interlocked.Read(ref s_made)}";

    private static void Churn(ChurnCargo[] ring)
    {
        for (int i = 0; ; i = (i + 1) % ring.Length)
        {
            ring[i] = new ChurnCargo(i);
            Interlocked.Increment(ref s_made);
        }
    }

    internal sealed class SteadyCargo;

    internal sealed class ChurnCargo(int number)
    {
        public readonly byte[] Bytes = new byte[16 + (number % 200)];
    }
}
