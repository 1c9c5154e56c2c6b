using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A worker imports files, each within a session of its own, which is transient and disposable, as a DbContext is. A worker has no request and
/// thus no scope: it takes its sessions from the root provider, which keeps what it has to dispose.
/// </summary>
/// <remarks><code>
/// ServiceProvider ─Root→ ServiceProviderEngineScope ─_disposables→ List&lt;object&gt; ─→ ImportSession ─→ ImportLog
/// </code></remarks>
internal sealed class RootTransients(bool mended) : ReportedTarget(mended)
{
    private IServiceProvider? _services;

    protected override string Issue => "dotnet/runtime#36461";

    protected override string Found =>
        "The root scope captures every disposable transient that is resolved from it, until the program ends; a scope for each piece of work lets them go.";

    protected override Truth Leak => Truth.Leak(
        "ImportWorker resolves the transient, disposable ImportSession from the root provider.",
        "framework",
        FindingTruth.Entries(typeof(ImportSession).FullName!, 1, "ServiceProvider", "disposable that the root provider keeps"));

    protected override string Remedy => "ImportWorker makes a scope for each file and disposes it.";

    public override string Build()
    {
        _services = new ServiceCollection().AddTransient<ImportSession>().AddSingleton<ImportWorker>().BuildServiceProvider();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        ImportWorker worker = _services!.GetRequiredService<ImportWorker>();
        if (Mended)
        {
            worker.ImportInScope($"file {number}");
        }
        else
        {
            worker.Import($"file {number}");
        }
    }
}

internal sealed class ImportSession : IDisposable
{
    private readonly List<string> _changes = [];

    public ImportSession() => Subjects.Add(this);

    public void Add(string change) => _changes.Add(change);

    public int Save()
    {
        int saved = _changes.Count;
        _changes.Clear();
        return saved;
    }

    public void Dispose() => _changes.Clear();
}

internal sealed class ImportWorker(IServiceProvider services)
{
    private int _imported;

    public void Import(string file) => Import(services, file);

    public void ImportInScope(string file)
    {
        using IServiceScope scope = services.CreateScope();
        Import(scope.ServiceProvider, file);
    }

    private void Import(IServiceProvider provider, string file)
    {
        ImportSession session = provider.GetRequiredService<ImportSession>();
        session.Add(file);
        _imported += session.Save();
    }
}
