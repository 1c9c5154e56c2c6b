using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>A report to be written.</summary>
/// <param name="Path">The file.</param>
/// <param name="Write">Makes its text of a result and the command to run next.</param>
internal sealed record ReportFile(string Path, Func<JudgedResult, NextCommand, string> Write);
