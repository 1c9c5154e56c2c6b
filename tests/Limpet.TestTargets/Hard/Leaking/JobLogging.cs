using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A job logs under a category of its own, so that it can be filtered. A factory of loggers keeps one for each category: 1 Logger per
/// operation.
/// </summary>
/// <remarks><code>
/// JobRunner ─_logging→ LoggerFactory ─_loggers→ ConcurrentDictionary&lt;string, Logger&gt; ─→ Logger
/// </code></remarks>
internal sealed class JobLogging : HardLeak
{
    private readonly JobRunner _runner = new(LoggerFactory.Create(static logging => logging.SetMinimumLevel(LogLevel.Warning)));

    public override Truth Truth => Truth.Leak(
        "JobRunner asks for a logger with the job's number in its category, and LoggerFactory keeps one for each category.",
        "framework",
        FindingTruth.Entries("Microsoft.Extensions.Logging.Logger", 1, "JobRunner", "_logging", "_loggers"));

    /// <summary>The factory gives out the logger itself: the same one for the same category.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_runner.Run(number));
}

internal sealed class JobRunner(ILoggerFactory logging)
{
    private readonly ILoggerFactory _logging = logging;
    private int _done;

    public ILogger Run(int job)
    {
        ILogger logger = _logging.CreateLogger(string.Create(CultureInfo.InvariantCulture, $"Jobs.Settlement.{job}"));
        if (logger.IsEnabled(LogLevel.Debug))
        {
            logger.LogDebug("Settled after {Done} others", _done);
        }

        _done++;
        return logger;
    }
}
