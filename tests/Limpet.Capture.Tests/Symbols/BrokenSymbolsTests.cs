using System.Diagnostics;
using System.Reflection.PortableExecutable;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Testing;

namespace Limpet.Capture.Tests.Symbols;

/// <summary>Modules and symbols that are missing, of another build, cut or altered: names without lines, never an exception.</summary>
public sealed class BrokenSymbolsTests : IDisposable
{
    private const string View = "Limpet.TestTargets.StaticEventTarget+View";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-symbols-");
    private readonly string module;
    private readonly string symbols;

    public BrokenSymbolsTests()
    {
        module = Path.Combine(folder.FullName, "Limpet.TestTargets.dll");
        symbols = Path.ChangeExtension(module, ".pdb");
        File.Copy(TargetProcess.DefaultDll, module);
        File.Copy(Path.ChangeExtension(TargetProcess.DefaultDll, ".pdb"), symbols);
    }

    [Fact]
    public void Answers_WithMatchingSymbols_HaveLines() => Assert.True(HasLine());

    [Fact]
    public void Answers_WithoutSymbols_HaveNamesOnly()
    {
        File.Delete(symbols);

        Assert.False(HasLine());
    }

    [Fact]
    public void Answers_WithSymbolsOfAnotherBuild_HaveNamesOnly()
    {
        byte[] bytes = File.ReadAllBytes(symbols);
        bytes[IdIn(bytes)] ^= 1;
        File.WriteAllBytes(symbols, bytes);

        Assert.False(HasLine());
    }

    [Fact]
    public void Answers_WithTheSymbolsOfAnotherProgram_HaveNamesOnly()
    {
        File.Copy(Path.ChangeExtension(typeof(BrokenSymbolsTests).Assembly.Location, ".pdb"), symbols, overwrite: true);

        Assert.False(HasLine());
    }

    [Theory]
    [InlineData("Microsoft C/C++ MSF 7.00\r\n\u001aDS\0\0\0")]
    [InlineData("BSJB")]
    [InlineData("x")]
    [InlineData("")]
    public void Answers_WithAFileThatIsNoPortablePdb_HaveNamesOnly(string content)
    {
        File.WriteAllText(symbols, content);

        Assert.False(HasLine());
    }

    [Fact]
    public void Answers_WithAPipeInPlaceOfTheSymbols_DoNotWaitForIt()
    {
        File.Delete(symbols);
        using (Process process = Process.Start("mkfifo", [symbols]))
        {
            process.WaitForExit();
        }

        Assert.False(HasLine());
    }

    [Fact]
    public void Answers_WithAFolderInPlaceOfTheSymbols_HaveNamesOnly()
    {
        File.Delete(symbols);
        Directory.CreateDirectory(symbols);

        Assert.False(HasLine());
    }

    [Fact]
    public void Answers_WithSymbolsCutAnywhere_NeverThrow()
    {
        byte[] whole = File.ReadAllBytes(symbols);
        for (int part = 0; part < 64; part++)
        {
            File.WriteAllBytes(symbols, whole[..(whole.Length * part / 64)]);
            HasLine();
        }
    }

    [Fact]
    public void Answers_WithAModuleCutAnywhere_NeverThrow()
    {
        byte[] whole = File.ReadAllBytes(module);
        for (int part = 0; part < 64; part++)
        {
            File.WriteAllBytes(module, whole[..(whole.Length * part / 64)]);
            Ask();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Answers_WithBytesAltered_NeverThrow(int seed)
    {
        Random random = new(seed);
        byte[] wholeModule = File.ReadAllBytes(module);
        byte[] wholeSymbols = File.ReadAllBytes(symbols);
        for (int round = 0; round < 60; round++)
        {
            File.WriteAllBytes(module, Altered(wholeModule, random));
            File.WriteAllBytes(symbols, Altered(wholeSymbols, random));
            Ask();
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static byte[] Altered(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        for (int change = random.Next(1, 40); change > 0; change--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    /// <summary>The id of a portable PDB: the first bytes of its <c>#Pdb</c> stream, which are the module's too.</summary>
    private int IdIn(byte[] bytes)
    {
        using PEReader reader = new(File.OpenRead(module));
        DebugDirectoryEntry entry = reader.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        int at = bytes.AsSpan().IndexOf(reader.ReadCodeViewDebugDirectoryData(entry).Guid.ToByteArray());
        Assert.True(at > 0);
        return at;
    }

    /// <summary>Asks everything; the names must be there whatever the symbols are.</summary>
    private bool HasLine()
    {
        var (line, users) = Ask();
        Assert.Equal([".ctor"], users);
        return line;
    }

    private (bool Line, string[] Users) Ask()
    {
        using ProcessCode code = ProcessCode.OfFiles(module);
        MethodName handler = new(View, "OnChanged") { Module = module };
        var uses = code.UsesOfDelegate(handler).Where(use => use.Taker == "add_Changed").ToArray();
        bool first = code.LineOf(handler) is not null;
        code.UsesOfField("Limpet.TestTargets.DictionaryEntryTarget", "s_sessions");
        code.CallsOf(new MethodName("Limpet.TestTargets.ThreadPerOpTarget", "Work"));
        return (first, [.. uses.Select(use => use.Method.Name)]);
    }
}
