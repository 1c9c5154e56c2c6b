using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenTelemetry;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Audits are exported in batches by a processor of OpenTelemetry, one for ten audits. What is left in it, its thread
/// exports every five seconds; but nobody disposes it when the next one begins, and so its thread never ends: 1 thread, with its
/// AuditFile, in ten operations.
/// </summary>
/// <remarks><code>
/// thread "OpenTelemetry-BatchActivityExportProcessor-AuditFile" ─ local ─→ … BatchActivityExportProcessor ─→ AuditFile
/// </code></remarks>
internal sealed class AuditExport : HardLeak
{
    private readonly AuditOffice _office = new();

    public override Truth Truth => Truth.Leak(
        "AuditOffice replaces the BatchActivityExportProcessor of ten audits without disposing it, so that its thread goes on.",
        "OpenTelemetry 1.20.1",
        FindingTruth.Resource("ThreadLeak", "AuditFile", 0.1, "Batch"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _office.Audit(number);

    protected override int CheckedOperations => 300;

    /// <summary>One thread of thirty: the runtime starts and ends some of its own.</summary>
    protected override double Tolerance => 0.05;

    protected override double[] Measured() => [OwnProcess.Threads];
}

internal sealed class AuditFile : BaseExporter<Activity>
{
    private long _written;

    public override ExportResult Export(in Batch<Activity> batch)
    {
        _written += batch.Count;
        return ExportResult.Success;
    }
}

internal sealed class AuditOffice
{
    private const int AuditsInFile = 10;

    private BatchActivityExportProcessor? _file;
    private int _audits;

    public void Audit(int number)
    {
        if (_audits++ % AuditsInFile == 0)
        {
            _file = new BatchActivityExportProcessor(new AuditFile());
        }

        using Activity audit = new("audit");
        audit.SetTag("number", number);
        audit.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        audit.Start();
        audit.Stop();
        _file!.OnEnd(audit);
    }
}
