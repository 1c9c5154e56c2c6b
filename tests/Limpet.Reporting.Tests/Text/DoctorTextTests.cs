using Limpet.Reporting.Text;

namespace Limpet.Reporting.Tests.Text;

public sealed class DoctorTextTests
{
    [Fact]
    public void Doctor_Checks_HaveTheirRemediesBelow() => Text.AssertUnderEveryCulture(
        """
        This machine: 3 checks, 1 with a remedy
          refused  tracing     yama ptrace_scope=2
          ok       open files  20,000
          unknown  ports       ?

        What to do
          tracing: hunt needs it. run limpet as root

        At 6.6 KB/request at 1000/min
          memory of the machine 7.45 GiB in 13 h; 2.79 GiB used
          descriptor limit 1,024 in 100 s; 17 used

        """,
        () => DoctorText.Write(Samples.Doctor));
}
