using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Limpet.Capture.EventPipe;
using Limpet.Testing;

namespace Limpet.Capture.Tests.EventPipe;

/// <summary>Files of modules that are missing, cut or altered cost names, and never the capture.</summary>
public sealed class EventModulesTests : IDisposable
{
    private const ulong Module = 4711;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-modules-");
    private readonly string path;
    private readonly EventType[] types;
    private readonly string[] fields;

    public EventModulesTests()
    {
        path = Path.Combine(folder.FullName, "Limpet.TestTargets.dll");
        File.Copy(TargetProcess.DefaultDll, path);
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        types = [.. metadata.TypeDefinitions.Select(handle => (Token: (uint)MetadataTokens.GetToken(handle), Definition: metadata.GetTypeDefinition(handle)))
            .Select(type => new EventType(NameIn(metadata, type.Definition), 0, Module, type.Token, []))];
        fields = [.. metadata.FieldDefinitions.Select(field => metadata.GetString(metadata.GetFieldDefinition(field).Name)).Distinct(StringComparer.Ordinal)];
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Names_OfAWholeModule_AreTold()
    {
        using EventModules modules = EventModules.Open([path], types);
        Assert.Equal("Limpet.TestTargets.dll", modules.FileOf(types[^1]));
        Assert.Contains("Limpet.TestTargets.TextsTarget+Line", types.Select(modules.NameOf));
        Assert.Equal("Limpet.TestTargets.TextsTarget.s_secrets", modules.NameOfStatic("s_secrets"));
    }

    [Fact]
    public void Names_OfAModuleThatIsNotThere_AreNotKnown()
    {
        using EventModules modules = EventModules.Open([path + ".none", folder.FullName], types);
        Assert.Null(modules.NameOf(types[^1]));
        Assert.Equal("s_secrets", modules.NameOfStatic("s_secrets"));
    }

    [Fact]
    public void Names_OfAPipeInPlaceOfTheModule_AreNotWaitedFor()
    {
        File.Delete(path);
        using (Process process = Process.Start("mkfifo", [path]))
        {
            process.WaitForExit();
        }

        Assert.Null(Ask());
    }

    [Fact]
    public void Names_OfATokenThatIsNone_AreNotKnown()
    {
        using EventModules modules = EventModules.Open([path], [new EventType("Shop.Order", 0, Module, 0x7f000001, [])]);
        Assert.Null(modules.NameOf(new EventType("Shop.Order", 0, Module, 0x7f000001, [])));
    }

    [Fact]
    public void Names_OfAModuleCutAnywhere_NeverThrow()
    {
        byte[] whole = File.ReadAllBytes(path);
        for (int part = 0; part < 64; part++)
        {
            File.WriteAllBytes(path, whole[..(whole.Length * part / 64)]);
            Ask();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Names_OfAModuleWithMetadataAltered_NeverThrow(int seed)
    {
        const int Rounds = 60;
        Random random = new(seed);
        byte[] whole = File.ReadAllBytes(path);
        int start, length;
        using (PEReader file = new(new MemoryStream(whole)))
        {
            (start, length) = (file.PEHeaders.MetadataStartOffset, file.PEHeaders.MetadataSize);
        }

        int named = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = [.. whole];
            for (int change = random.Next(1, 40); change > 0; change--)
            {
                bytes[start + random.Next(length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, bytes);
            named += Ask() is null ? 0 : 1;
        }

        // Or nothing of it would have been read.
        Assert.True(named > 0, $"None of {Rounds} altered modules was read.");
    }

    private static string NameIn(MetadataReader metadata, TypeDefinition type)
    {
        string space = metadata.GetString(type.Namespace);
        return space.Length == 0 ? metadata.GetString(type.Name) : $"{space}.{metadata.GetString(type.Name)}";
    }

    /// <summary>Asks for everything, as far as it can be found by one type: all of them would not fit to most of what was altered.</summary>
    private string? Ask()
    {
        using EventModules modules = EventModules.Open([path], types.Select((type, index) => type with { Module = (ulong)index }));
        foreach (string field in fields)
        {
            modules.NameOfStatic(field);
        }

        return types.Select((type, index) => modules.NameOf(type with { Module = (ulong)index })).LastOrDefault(name => name is not null);
    }
}
