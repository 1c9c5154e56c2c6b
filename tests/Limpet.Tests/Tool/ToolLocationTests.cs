using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Tests.Tool;

public sealed class ToolLocationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("limpet-location-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Locate_PathFile_IsWhereTheToolIs()
    {
        string tool = Path.Combine(folder, "Limpet.Cli.dll");
        File.WriteAllText(tool, "");
        File.WriteAllText(Path.Combine(folder, "limpet-tool.path"), tool + "\n");

        Assert.Equal(tool, ToolLocation.Locate("", folder));
    }

    [Fact]
    public void Locate_CopiedTool_IsTaken()
    {
        string tool = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "limpet-tool")).FullName, "Limpet.Cli.dll");
        File.WriteAllText(tool, "");

        Assert.Equal(tool, ToolLocation.Locate("", folder));
    }

    [Fact]
    public void Locate_NoTool_SaysWhereItLooked()
    {
        LimpetException error = Assert.Throws<LimpetException>(() => ToolLocation.Locate("", folder));

        Assert.Equal($"the limpet tool was not found: there is no limpet-tool.path in {folder}. Refer to the package Limpet.Testing, or set LIMPET_TOOL to a Limpet.Cli.dll.", error.Message);
    }

    [Fact]
    public void Locate_ToolThatIsGone_SaysWhereItWas()
    {
        File.WriteAllText(Path.Combine(folder, "limpet-tool.path"), "/not/there/Limpet.Cli.dll");

        LimpetException error = Assert.Throws<LimpetException>(() => ToolLocation.Locate("", folder));

        Assert.Equal("the limpet tool is not at /not/there/Limpet.Cli.dll, where limpet-tool.path has it. Build it (dotnet build src/Limpet.Cli), restore the package on this machine, or set LIMPET_TOOL.", error.Message);
    }

    [Fact]
    public void Locate_NamedToolThatIsNotThere_SaysSo()
    {
        LimpetException error = Assert.Throws<LimpetException>(() => ToolLocation.Locate("/not/there", folder));

        Assert.Equal("LIMPET_TOOL is '/not/there', and there is no such file. Set it to the Limpet.Cli.dll of a limpet of this version, or unset it.", error.Message);
    }

    [Theory]
    [InlineData(true, "/usr/share/dotnet/System.Private.CoreLib.dll", null, null)]
    [InlineData(false, "", null, "this program is NativeAOT, whose heap has no runtime parts that tell objects apart. Run the test without PublishAot.")]
    [InlineData(true, "", null, "this program is a self-contained single file: the runtime is inside it, without the part that describes its heap. Run the test unpublished, or publish it without PublishSingleFile or with --no-self-contained.")]
    [InlineData(true, "/System.Private.CoreLib.dll", "Windows 11", "the limpet tool captures heaps on Linux x64, and this is Windows 11. The verdict stands; run the test once more on Linux x64, such as in a container of the .NET SDK, and the report says what holds the memory.")]
    public void Refusal_OfAHostThatNoToolCanLookAt_SaysWhichAndWhatToDo(bool dynamicCode, string coreLibrary, string? otherSystem, string? expected)
    {
        string? refusal = ToolLocation.Refusal(dynamicCode, coreLibrary, otherSystem);

        Assert.Equal(expected, refusal);
    }
}
