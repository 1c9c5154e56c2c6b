using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Checks;

/// <summary>
/// Says what holds that of which there is more after some operations, for an operation that leaks by its bytes where the system lets the tool read no memory: the runtime of this process
/// is asked for its heap before and after them. No verdict rests on that.
/// </summary>
internal static class GrowthSearch
{
    /// <summary>As many as in a dose round: one at every other operation stands out from what the process makes besides.</summary>
    private const int RoundsOfOperations = 2;

    /// <summary>Asks.</summary>
    /// <exception cref="LimpetException">There is no answer; the message says why.</exception>
    public static HeldObjects Find(ToolSession session, IOperationDriver driver, LeakCheckOptions options)
    {
        session.Ask(json => json.WriteString("do", "before"));
        OperationTally driven = driver.Drive(RoundsOfOperations * options.Operations, options.OperationTimeout);
        if (driven.TimedOut || driven.Done == 0)
        {
            throw new LimpetException(Trouble.NotRun, "the operation did not come to its end when its traces were looked for. Run the check again.");
        }

        JsonElement answer = session.Ask(json =>
        {
            json.WriteString("do", "after");
            json.WriteNumber("operations", driven.Done);
        });
        ImmutableArray<(Finding Finding, string Text)> findings = FindingReader.Read(answer);
        return new HeldObjects(HoldKind.Something, [.. findings.Select(finding => finding.Finding)], [.. findings.Select(finding => finding.Text)], [], TraceOrigin.Read(answer));
    }
}
