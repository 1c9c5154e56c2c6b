using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A logger asks for its base folder through an object that stands for the program, and that flushes the log when the program ends. A property makes
/// that object anew whenever it is read, and the constructor subscribes to AppDomain.ProcessExit: the event keeps every one.
/// </summary>
/// <remarks><code>
/// static AppContext.ProcessExit ─→ EventHandler ─_invocationList→ object[] ─→ EventHandler ─_target→ ProgramDomain
/// </code></remarks>
internal sealed class AppDomainEvents(bool mended) : ReportedTarget(mended)
{
    protected override string Issue => "NLog/NLog#1689";

    protected override string Found =>
        "AppDomainWrapper subscribes to ProcessExit and DomainUnload in its constructor and never unsubscribes, and a property makes one at every call.";

    protected override Truth Leak => Truth.Leak(
        "ProgramDomain.Current makes a ProgramDomain at every call, which subscribes AppDomain.ProcessExit and never unsubscribes.",
        "framework",
        FindingTruth.Objects(typeof(ProgramDomain).FullName!, 1, "ProcessExit", "ProgramDomain.Flush"));

    protected override string Remedy => "ProgramDomain.Shared is one object for the whole program.";

    /// <summary>The shared one.</summary>
    protected override double Cap => 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => LogFile.Path(Mended ? ProgramDomain.Shared : ProgramDomain.Current, $"day {number % 7}.log");
}

/// <summary>The program, as a log sees it.</summary>
internal sealed class ProgramDomain
{
    private static ProgramDomain? s_shared;

    private readonly List<string> _unwritten = [];

    private ProgramDomain()
    {
        Subjects.Add(this);
        AppDomain.CurrentDomain.ProcessExit += Flush;
    }

    public static ProgramDomain Current => new();

    public static ProgramDomain Shared => s_shared ??= new ProgramDomain();

    public string BaseFolder { get; } = AppContext.BaseDirectory;

    private void Flush(object? sender, EventArgs e) => _unwritten.Clear();
}

internal static class LogFile
{
    public static string Path(ProgramDomain program, string name) => System.IO.Path.Combine(program.BaseFolder, name);
}
