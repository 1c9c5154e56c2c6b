using System.Text;
using Limpet.Capture.Files;
using Limpet.Cli.Baselines;
using Limpet.Reporting.JUnit;
using Limpet.Reporting.Sarif;
using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>Reports to be written of a judged result, and the known leaks to hold it against.</summary>
/// <param name="JUnit">Where a JUnit report goes; null for nowhere.</param>
/// <param name="Sarif">Where a SARIF report goes; null for nowhere.</param>
/// <param name="Known">The known leaks; null without a baseline.</param>
/// <param name="Update">Where the baseline is written anew; null for nowhere.</param>
internal sealed record ReportFiles(string? JUnit, string? Sarif, Baseline? Known, string? Update)
{
    /// <summary>Holds a result against the known leaks and writes what was asked for.</summary>
    /// <returns>The result with its known leaks marked.</returns>
    public T Apply<T>(T result)
        where T : JudgedResult
    {
        if (Known is { } known)
        {
            Baseline renewed = Update is null ? known : known.With(result);
            if (Update is { } path)
            {
                renewed.Write(path);
            }

            result = renewed.Apply(result, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime));
        }

        Write(JUnit, () => JUnitReport.Write(result));
        Write(Sarif, () => SarifReport.Write(result));
        return result;
    }

    private static void Write(string? path, Func<string> report)
    {
        if (path is not null)
        {
            PrivateFile.Write(path, file =>
            {
                file.Write(Encoding.UTF8.GetBytes(report()));
                return true;
            });
        }
    }
}
