using Limpet.Guards;

namespace Limpet.Tests.Guards;

/// <summary>Whether the program that runs the tests can be started again, and what a reason says where it cannot.</summary>
public sealed class TestProgramTests
{
    [Theory]
    [InlineData("/usr/share/dotnet/dotnet", "/desk/bin/Desk.Tests.dll", "/usr/share/dotnet/dotnet /desk/bin/Desk.Tests.dll")]
    [InlineData("/desk/bin/Desk.Tests", "/desk/bin/Desk.Tests.dll", "/desk/bin/Desk.Tests")]
    [InlineData("/desk/bin/Desk.Tests.exe", "/desk/bin/Desk.Tests.dll", "/desk/bin/Desk.Tests.exe")]
    [InlineData("/usr/share/dotnet/dotnet", "/desk/bin/testhost.dll", null)]
    [InlineData("/desk/bin/testhost.x86.exe", "/desk/bin/testhost.x86.dll", null)]
    [InlineData("/opt/ide/runner", "/desk/bin/Desk.Tests.dll", null)]
    [InlineData("/desk/bin/Desk.Tests", "", null)]
    [InlineData("/desk/bin/Desk.Tests", null, null)]
    [InlineData(null, "/desk/bin/Desk.Tests.dll", null)]
    public void CommandOf_AProgram_IsWhatStartsIt(string? program, string? entry, string? command) =>
        Assert.Equal(command, TestProgram.CommandOf(program, entry) is { } words ? string.Join(' ', words) : null);

    [Theory]
    [InlineData("EnableNUnitRunner", "/desk/bin/testhost.dll", "VSTest's testhost runs the tests, and it cannot be started for one of them: set <OutputType>Exe</OutputType> and <EnableNUnitRunner>true</EnableNUnitRunner> in the test project")]
    [InlineData(null, "/desk/bin/testhost.dll", "VSTest's testhost runs the tests, and it cannot be started for one of them: let the test project be a program of its own")]
    [InlineData("EnableMSTestRunner", "/opt/ide/runner.dll", "another program runs the tests, and it cannot be started for one of them: set <OutputType>Exe</OutputType> and <EnableMSTestRunner>true</EnableMSTestRunner> in the test project")]
    [InlineData("EnableMSTestRunner", "", "the assembly of the tests has no file that could be started again, as in a single-file program: run the tests unpublished")]
    public void WhyNone_OfAHost_SaysWhatToSet(string? property, string entry, string reason) => Assert.Equal(reason, TestProgram.WhyNone(new Host(property), entry));

    private sealed record Host(string? RunnerProperty) : ITestHost
    {
        public string Framework => "Desk";

        public bool TellsClassEnd => true;

        public IReadOnlyList<string>? ArgumentsFor(GuardedTest test) => [];
    }
}
