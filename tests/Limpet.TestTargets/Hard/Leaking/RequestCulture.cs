using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Who asks is in an AsyncLocal while a request is served. Each request announces itself to the stopping token with a static callback
/// and no state; but the registration captures the execution context, and it the caller: 1 CallerIdentity per operation, although
/// nothing in the program refers to one.
/// </summary>
/// <remarks><code>
/// RequestPipeline ─_stopping→ CancellationTokenSource ─→ Registrations ─Callbacks→ CallbackNode ─Next→ …
///     ─ExecutionContext→ ExecutionContext ─→ AsyncLocalValueMap ─→ CallerIdentity
/// </code></remarks>
internal sealed class RequestCulture : HardLeak
{
    private readonly RequestPipeline _pipeline = new();

    public override Truth Truth => Truth.Leak(
        "Registrations with RequestPipeline._stopping are not disposed and capture the ExecutionContext with the AsyncLocal CallerIdentity.",
        "framework",
        FindingTruth.Objects(typeof(CallerIdentity).FullName!, 1, "_stopping", "ExecutionContext"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _pipeline.Serve(new CallerIdentity($"user-{number}", ["orders.read"]));
}

internal sealed class CallerIdentity
{
    public CallerIdentity(string name, string[] permissions)
    {
        Name = name;
        Permissions = permissions;
        Subjects.Add(this);
    }

    public string Name { get; }

    public string[] Permissions { get; }
}

internal sealed class RequestPipeline
{
    private static readonly AsyncLocal<CallerIdentity?> s_caller = new();
    private static int s_interrupted;

    private readonly CancellationTokenSource _stopping = new();
    private int _served;

    public void Serve(CallerIdentity caller)
    {
        s_caller.Value = caller;
        try
        {
            _stopping.Token.Register(static () => s_interrupted++);
            _served += s_caller.Value.Permissions.Length;
        }
        finally
        {
            s_caller.Value = null;
        }
    }
}
