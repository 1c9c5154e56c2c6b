using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Testing;

namespace Limpet.Capture.Tests;

/// <summary>What a static field holds is held by a field with a name, whatever kind of static it is.</summary>
public sealed class StaticNameTests
{
    private const string Target = "Limpet.TestTargets.StaticsTarget";

    private static readonly string[] Fields = ["Happened", "s_boxed", "s_fixed", "s_local", "s_plain", "s_struct", "t_cargo"];

    /// <summary>A generic type without objects is listed nowhere; .NET 8 has no mark by which it could be found.</summary>
    private static readonly string[] Unlisted = ["Generic<System.Uri>.s_cargo", "Generic<int>.s_cargo", "Generic<long>.s_cargo", "Generic<string>.s_cargo"];

    [Theory]
    [InlineData(null)]
    [InlineData("net9.0")]
    [InlineData("net8.0")]
    public void Statics_OfEveryKind_AreNamed(string? framework)
    {
        using TargetProcess process = TargetProcess.Start("statics", executable: framework is null ? null : OlderRuntime.Executable(framework));
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph graph = target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;

        string[] expected = framework == "net8.0" ? Fields : [.. Unlisted, .. Fields];
        string[] named = [.. graph.Roots.Where(root => root.Kind is RootKind.StaticField or RootKind.ThreadStatic).Select(root => root.Name).Distinct()];
        Assert.Equal(expected, expected.Where(field => named.Contains($"{Target}.{field}")));
        Assert.Equal(4, graph.Roots.Count(root => root.Kind == RootKind.ThreadStatic && root.Name == $"{Target}.t_cargo"));
    }

    /// <summary>The debugging library gives types no name that are called by white space alone.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("net9.0")]
    public void Types_CalledByWhiteSpaceAlone_HaveTheirNames(string? framework)
    {
        using TargetProcess process = TargetProcess.Start("blank-names", executable: framework is null ? null : OlderRuntime.Executable(framework));
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph graph = target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;

        Assert.Equal(["\u2002 \u2002[]", "\u2002\u2003 \u2002\u2003[]"], graph.Types.Where(type => type.Name.StartsWith('\u2002') && !type.Name.EndsWith(']')).Select(type => $"{type.Name} {Holder(type.Name)}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(graph.Types, type => type.Name.StartsWith("(unknown", StringComparison.Ordinal));

        string? Holder(string type) => graph.Roots.Where(root => root.Kind == RootKind.StaticField && root.Name == $"{type}.\u2004").Select(root => graph.TypeOf(root.Target).Name).SingleOrDefault();
    }
}
