using System.Collections.Immutable;
using System.Text;
using Limpet.Capture.Files;
using Limpet.Cli.Baselines;
using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>Reports to be written of a judged result, and the known leaks to hold it against.</summary>
/// <param name="Files">The reports that were asked for.</param>
/// <param name="Known">The known leaks; null without a baseline.</param>
/// <param name="Update">Where the baseline is written anew; null for nowhere.</param>
internal sealed record ReportFiles(ImmutableArray<ReportFile> Files, Baseline? Known, string? Update)
{
    /// <summary>Holds a result against the known leaks.</summary>
    /// <returns>The result with its known leaks marked.</returns>
    public T Apply<T>(T result)
        where T : JudgedResult
    {
        if (Known is not { } known)
        {
            return result;
        }

        Baseline renewed = Update is null ? known : known.With(result);
        if (Update is { } path)
        {
            renewed.Write(path);
        }

        return renewed.Apply(result, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime));
    }

    /// <summary>Writes what was asked for.</summary>
    /// <param name="result">The result, its known leaks marked.</param>
    /// <param name="next">The command to run next.</param>
    public void Write(JudgedResult result, NextCommand next)
    {
        foreach (ReportFile report in Files)
        {
            PrivateFile.Write(report.Path, file =>
            {
                file.Write(Encoding.UTF8.GetBytes(report.Write(result, next)));
                return true;
            });
        }
    }
}
