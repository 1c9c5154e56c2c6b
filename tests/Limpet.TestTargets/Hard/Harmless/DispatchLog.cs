using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Hands one parcel per operation to a carrier, whose answer takes its time, and logs it. Whoever wrote the line put the number of the parcel into its text, and the
/// carrier beside it, so each is a new text with a placeholder to the logging extensions, which keep what formats it: 1 more per operation,
/// until there are 1,024, and at this pace that is later than most would look.
/// </summary>
internal sealed class DispatchLog : HarmlessTarget
{
    private const int Kept = 1_024;
    private static readonly TimeSpan s_answer = TimeSpan.FromMilliseconds(50);

    private readonly DispatchJournal _journal = new();
    private ILogger? _log;

    public override Truth Truth => Truth.Harmless(
        "FormattedLogValues keeps a formatter for each text with placeholders until it has 1,024, and makes a new one each time for those beyond.", "Microsoft.Extensions.Logging 10.0", "Clean", "Bounded");

    /// <summary>The texts of the formatters, and that of the newest line.</summary>
    protected override double Cap => Kept + 1;

    /// <summary>The second stretch reaches the cap.</summary>
    protected override int CheckedOperations => 600;

    public override string Build()
    {
        _log = LoggerFactory.Create(logging => logging.AddProvider(_journal)).CreateLogger<DispatchLog>();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        // The carrier's answer, which takes that long; a self-check only counts, and need not have it.
        Thread.Sleep(Subjects.Counting ? TimeSpan.Zero : s_answer);
#pragma warning disable CA2254, CA1873 // the text varies: that is what this target is about
        _log!.LogInformation($"Parcel {number} went to {{Carrier}}", $"carrier {number % 12}");
#pragma warning restore CA2254, CA1873
        Subjects.Add(_journal.Template);
    }
}

/// <summary>Keeps the newest line.</summary>
internal sealed class DispatchJournal : ILoggerProvider, ILogger
{
    public string Line { get; private set; } = "";

    /// <summary>The text of the newest line with its placeholders.</summary>
    public string Template { get; private set; } = "";

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Line = formatter(state, exception);
        Template = state is IReadOnlyList<KeyValuePair<string, object?>> values ? (string)values[^1].Value! : "";
    }

    public void Dispose()
    {
    }
}
