using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.TestTargets;

/// <summary>Each operation opens a desk that reads its settings again when the terminal hangs up. Leaky: 1 Subject per operation stays. Fixed: the desk is closed, 0.</summary>
/// <remarks><code>
/// static PosixSignalRegistration.s_registrations ─→ Dictionary ─→ List ─→ Token ─Handler→ delegate ─→ SignalDesk ─→ Subject
/// </code></remarks>
internal sealed class SignalRegistrationTarget(bool leaky) : LeakTarget(leaky)
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        SignalDesk desk = new(new Subject(number));
        if (!Leaky)
        {
            desk.Dispose();
        }
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;
}

internal sealed class SignalDesk : IDisposable
{
    private readonly Subject _subject;
    private readonly PosixSignalRegistration _onHangUp;

    public SignalDesk(Subject subject)
    {
        _subject = subject;
        _onHangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, ReadSettings);
    }

    public void Dispose() => _onHangUp.Dispose();

    private void ReadSettings(PosixSignalContext context)
    {
        context.Cancel = true;
        GC.KeepAlive(_subject);
    }
}
