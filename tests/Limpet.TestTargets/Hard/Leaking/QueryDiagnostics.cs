using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Each unit of work listens for what the data layer says of itself, by DiagnosticListener.AllListeners, and does not end its
/// subscription. The framework chains the subscribers from a static field: 1 QueryObserver per operation, the newest at the head.
/// </summary>
/// <remarks><code>
/// static DiagnosticListener.s_allListenerObservable ─→ AllListenerObservable ─_subscriptions→ AllListenerSubscription ─Next→ …
///     ─Subscriber→ QueryObserver
/// </code></remarks>
internal sealed class QueryDiagnostics : HardLeak
{
    public override Truth Truth => Truth.Leak(
        "QueryObserver subscribes DiagnosticListener.AllListeners in every unit of work and never unsubscribes.",
        "framework",
        FindingTruth.Objects(typeof(QueryObserver).FullName!, 1, "DiagnosticListener", "Subscriber"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => UnitOfWork.Run(number);
}

internal sealed class QueryObserver : IObserver<DiagnosticListener>
{
    private readonly List<string> _names = [];

    public QueryObserver() => Subjects.Add(this);

    public void OnNext(DiagnosticListener value) => _names.Add(value.Name);

    public void OnError(Exception error) => _names.Clear();

    public void OnCompleted() => _names.Clear();
}

internal static class UnitOfWork
{
    private static int s_committed;

    public static void Run(int number)
    {
        DiagnosticListener.AllListeners.Subscribe(new QueryObserver());
        s_committed += number > 0 ? 1 : 0;
    }
}
