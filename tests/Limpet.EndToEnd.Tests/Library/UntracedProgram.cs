using Limpet.Checks;
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
    }

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

    private static void Write(string name, CheckResult result) =>
        File.WriteAllText(Path.Combine(Environment.GetEnvironmentVariable(Variable)!, name), CheckReport.Write(result));

    private sealed class Parcel;

    private sealed class Stamp;

    private sealed class Crate;

    private sealed class Letter
    {
        public byte[] Body { get; } = new byte[100];
    }
}
