using Limpet.Cli.Commands;

namespace Limpet.Cli.Tests.Commands;

public sealed class CommandOutputTests
{
    [Theory]
    [InlineData(false, false, "about to run: make demo\n")]
    [InlineData(true, false, "")]
    [InlineData(true, true, "about to run: make demo\n")]
    public void Say_Quiet_SaysWhatMustBeKnownAlone(bool quiet, bool evenQuiet, string expected)
    {
        using StringWriter error = new() { NewLine = "\n" };

        new CommandOutput(TextWriter.Null, error) { Quiet = quiet }.Say("about to run: make demo", evenQuiet);

        Assert.Equal(expected, error.ToString());
    }
}
