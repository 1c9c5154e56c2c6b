using System.Runtime.InteropServices;

namespace Limpet.TestTargets;

/// <summary>Counts the SIGWINCH signals that reach it; every line is answered with the count so far.</summary>
internal sealed class SignalsTarget : Target
{
    private static int s_count;
    private static PosixSignalRegistration? s_registration;

    public override string Build()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows has no SIGWINCH.");
        }

        s_registration = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, static _ => Interlocked.Increment(ref s_count));
        return "";
    }

    public override string Answer(string line, int number) => $"signals {Volatile.Read(ref s_count)}";
}
