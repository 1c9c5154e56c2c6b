using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Heap.Holders;
using Limpet.Testing;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Tests;

/// <summary>
/// Captures of programs that nobody wrote for a test equal ClrMD's enumeration: a web server between requests, and the compiler server
/// of the SDK, which has a server collector and a heap of many shapes. Both go on working while they are looked at.
/// </summary>
public sealed class RealProgramTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Capture_OfTheShop_EqualsClrMdInTheSameStop()
    {
        string dll = TargetProcess.DefaultDll.Replace("Limpet.TestTargets", "LeakyShop", StringComparison.Ordinal);
        Uri address = new($"http://127.0.0.1:{FreePort()}/");
        using var shop = RealProgram.Start("dotnet", dll, "--urls", address.ToString().TrimEnd('/'));
        await shop.WaitForAsync("Shop is open");
        using HttpClient client = new() { BaseAddress = address };
        for (int time = 0; time < 3; time++)
        {
            for (int request = 0; request < 50; request++)
            {
                Assert.NotNull(await client.GetFromJsonAsync<object>("orders/7", Cancellation));
            }

            Equality.Check(shop.Id, times: 1, whileAllocating: true);
        }

        Assert.True((await client.GetAsync(new Uri(address, "health"), Cancellation)).IsSuccessStatusCode);
    }

    /// <summary>ClrMD says of which type a static struct is; the root of that name must lead to a box of it and to nothing else.</summary>
    [Fact]
    public async Task StructStatics_OfTheShop_LeadToTheirBoxes()
    {
        string dll = TargetProcess.DefaultDll.Replace("Limpet.TestTargets", "LeakyShop", StringComparison.Ordinal);
        using var shop = RealProgram.Start("dotnet", dll, "--urls", $"http://127.0.0.1:{FreePort()}");
        await shop.WaitForAsync("Shop is open");
        using var target = LiveTarget.Attach(shop.Id);
        Dictionary<string, string> typeOf = [];
        using HeapGraph graph = target.Capture(
            stopped =>
            {
                foreach (ClrType type in stopped.EnumerateModules().SelectMany(module => module.EnumerateTypeDefToMethodTableMap()).Select(entry => stopped.GetTypeByMethodTable(entry.MethodTable)).OfType<ClrType>())
                {
                    foreach (ClrStaticField field in type.StaticFields.Where(field => field.ElementType == ClrElementType.Struct))
                    {
                        typeOf[$"{SourceNames.Type(type.Name!)}.{SourceNames.Field(field.Name!)}"] = field.Type?.Name ?? "";
                    }
                }
            },
            Cancellation).Graph;

        (string Field, string Type)[] roots = [.. graph.Roots
            .Where(root => root.Kind == RootKind.StaticField && typeOf.GetValueOrDefault(root.Name) is { Length: > 0 } type && !type.Contains('<', StringComparison.Ordinal))
            .Select(root => (root.Name, graph.TypeOf(root.Target).Name))];
        Assert.True(roots.Length > 5, $"{roots.Length} static structs");
        Assert.Equal(roots.Select(root => $"{root.Field}: {typeOf[root.Field]}"), roots.Select(root => $"{root.Field}: {root.Type}"));
    }

    [Fact]
    public async Task Capture_OfTheCompilerServer_EqualsClrMdInTheSameStop()
    {
        string compilers = CompilerFolder();
        string pipe = $"limpet-test-{Guid.NewGuid():N}";
        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-test-");
        using (var server = RealProgram.Start("dotnet", "exec", Path.Combine(compilers, "VBCSCompiler.dll"), $"-pipename:{pipe}"))
        {
            await Eventually.TrueAsync(() => File.Exists(Path.Combine(Path.GetTempPath(), pipe)), "the compiler server");
            for (int time = 0; time < 2; time++)
            {
                string source = Path.Combine(folder.FullName, $"Source{time}.cs");
                await File.WriteAllTextAsync(source, $"public class Source{time} {{ public string Say(System.Collections.Generic.List<int> all) => string.Join(',', all) + {time}; }}", Cancellation);
                using var compiler = RealProgram.Start(
                    ["dotnet", "exec", Path.Combine(compilers, "csc.dll"), "/noconfig", "/nologo", "/target:library", $"/shared:{pipe}", "/keepalive:600",
                    $"/out:{Path.ChangeExtension(source, ".dll")}", .. References(), source]);
                Assert.Equal(0, (await compiler.Exited.WaitAsync(RealProgram.Deadline, Cancellation)).Code);
                Equality.Check(server.Id, times: 1, whileAllocating: true);
            }

            Assert.False(server.Exited.IsCompleted);
        }

        folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Where the SDK keeps its compilers.</summary>
    private static string CompilerFolder()
    {
        string dotnet = Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        string? folder = Directory.EnumerateDirectories(Path.Combine(dotnet, "sdk"))
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore"))
            .Where(bin => File.Exists(Path.Combine(bin, "VBCSCompiler.dll")))
            .Order(StringComparer.Ordinal)
            .LastOrDefault();
        if (folder is null)
        {
            Assert.Skip($"There is no SDK below {dotnet}. Run the tests with the dotnet of an SDK.");
        }

        return folder;
    }

    private static IEnumerable<string> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => $"/r:{path}");
}
