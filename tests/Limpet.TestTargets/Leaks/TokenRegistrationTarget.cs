using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation registers with a token that lives as long as the program. Leaky: 1 Subject per operation stays. Fixed: 0.</summary>
/// <remarks><code>
/// static s_stopping ─→ CancellationTokenSource ─→ Registrations ─Callbacks→ CallbackNode ─Next→ … ─CallbackState→ Subject
/// </code>
/// Fixed, the registration is disposed: the source keeps one CallbackNode for use again, without its state.
/// </remarks>
internal sealed class TokenRegistrationTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly CancellationTokenSource s_stopping = new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        CancellationTokenRegistration registration = s_stopping.Token.Register(static state => GC.KeepAlive(state), new Subject(number));
        if (!Leaky)
        {
            registration.Dispose();
        }
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;
}
