using System.Globalization;
using Limpet.Checks;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Tracking;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>
/// Checks that fail, run by <see cref="UntracedCheckTests"/> in a process of their own to which the system refuses traces. Each report goes to a file of the folder that the environment names.
/// </summary>
public sealed class UntracedProgram
{
    /// <summary>Environment variable that names the folder.</summary>
    public const string Variable = "LIMPET_UNTRACED_REPORTS";

    private static readonly List<object> s_parcels = [];
    private static readonly List<Letter> s_letters = [];
    private static readonly Shelf<string>[] s_shelves = [new(), new()];
    private static readonly Carton[] s_cartons = [new Carton(), new FoldedCarton()];

    [ProgramFact(Variable)]
    public void Checks_OfWhatLeaks_AreWritten()
    {
        Write("collected", LeakCheck.FindCollected(() => Keep(new Parcel())));
        Write("local", OfALocal());
        Write("tracked", Tracked());
        using ManualResetEventSlim never = new();
        Write("hang", LeakCheck.FindCollected(() => WaitForTheOther(never), new CollectionOptions { FactoryTimeout = TimeSpan.FromMilliseconds(300) }));
        never.Set();
        Write("operation", LeakCheck.Find(() => s_letters.Add(new Letter())));
        Write("census", () => Text(HeapInstances.Count<Shelf<string>>()));
        Write("base", () => Text(HeapInstances.Count<Carton>()));
        GC.KeepAlive((s_shelves, s_cartons));
        Write("cycles", Cycles);
        Write("heap", Heap);
    }

    private static string Text(HeapInstances count) =>
        $"{count.Live} live, {count.Bytes}, {count.Garbage?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} garbage, {count.Way}\n{string.Join(' ', count.Refusals)}\n";

    private static string Cycles()
    {
        using LeakDetector<Couple> detector = new();
        Couple one = detector.Track(new Couple());
        one.Other = new Couple { Other = one };
        s_parcels.Add(one);
        return string.Join('\n', detector.FindCycles().Select(cycle => $"{cycle.Count} of {cycle.Objects}, {cycle.MutualPairs} pairs, rooted: {cycle.Rooted}"));
    }

    private static string Heap()
    {
        TaskCompletionSource never = new();
        Task[] waiting = [WaitForAsync(never.Task), WaitForAsync(never.Task)];
        Task ended = WaitForAsync(Task.Delay(1));
        ended.GetAwaiter().GetResult();
        ResourceSnapshot snapshot = ResourceSnapshot.TakeWithHeap();
        GC.KeepAlive((waiting, ended));
        HeapResources? heap = snapshot.Heap;
        string counts = heap is null ? "no heap"
            : $"{Of(heap.Instances, ".Parcel")} parcels, {(heap.PendingOperations is { } pending ? Of(pending, ".WaitForAsync()") : "unknown")} pending, {(Of(heap.Handles, "StrongHandle") > 0 ? "strong" : "no")} handles, {heap.Way}\n{string.Join(' ', heap.WayRefusals)}";
        return $"{counts}\n{string.Join('\n', snapshot.Refusals.Select(refusal => $"{refusal.What}: {refusal.Reason}"))}\n";
    }

    private static int Of(IEnumerable<NamedCount> counts, string name) => counts.Where(one => one.Name.EndsWith(name, StringComparison.Ordinal)).Sum(one => one.Count);

    private static async Task WaitForAsync(Task task) => await task;

    private static CheckResult OfALocal()
    {
        Stamp stamp = new();
        CheckResult result = LeakCheck.FindCollected(() => stamp);
        GC.KeepAlive(stamp);
        return result;
    }

    private static CheckResult Tracked()
    {
        using LeakDetector<Crate> detector = new();
        detector.Start();
        for (int crate = 0; crate < 3; crate++)
        {
            s_parcels.Add(detector.Track(new Crate()));
        }

        return detector.Find();
    }

    private static Parcel Keep(Parcel parcel)
    {
        s_parcels.Add(parcel);
        return parcel;
    }

    private static ManualResetEventSlim WaitForTheOther(ManualResetEventSlim other)
    {
        other.Wait(TimeSpan.FromMinutes(5));
        return other;
    }

    private static void Write(string name, CheckResult result) => Write(name, () => CheckReport.Write(result));

    private static void Write(string name, Func<string> answer)
    {
        string text;
        try
        {
            text = answer();
        }
        catch (LimpetException refusal)
        {
            text = $"{refusal.Trouble}: {refusal.Message}\n";
        }

        File.WriteAllText(Path.Combine(Environment.GetEnvironmentVariable(Variable)!, name), text);
    }

    private sealed class Parcel;

    private sealed class Stamp;

    private sealed class Crate;

    private sealed class Shelf<T>
    {
        public T? Label { get; set; }
    }

    private class Carton;

    private sealed class FoldedCarton : Carton;

    private sealed class Couple
    {
        public Couple? Other { get; set; }
    }

    private sealed class Letter
    {
        public byte[] Body { get; } = new byte[100];
    }
}
