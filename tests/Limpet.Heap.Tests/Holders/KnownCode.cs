using System.Collections.Immutable;
using Limpet.Heap.Code;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Heap.Tests.Holders;

/// <summary>Code that is stated instead of read.</summary>
internal sealed class KnownCode : ICodeFacts
{
    private readonly List<(string Question, CodeUse Use)> uses = [];
    private readonly Dictionary<string, SourceLine> lines = [];

    /// <summary>States that <paramref name="user"/>, written as <c>Type::Name</c>, hands what is asked about to <paramref name="taker"/>.</summary>
    public KnownCode Uses(string question, string user, string taker, int line = 0)
    {
        string[] method = user.Split("::");
        string[] member = taker.Split("::");
        uses.Add((question, new CodeUse(new MethodName(method[0], method[1], line == 0 ? null : new SourceLine("Shop.cs", line)), member[0], member[1])));
        return this;
    }

    public KnownCode Line(string method, int line)
    {
        lines.Add(method, new SourceLine("Shop.cs", line));
        return this;
    }

    public SourceLine? LineOf(MethodName method) => lines.GetValueOrDefault(NameOf(method.Type, method.Name));

    public ImmutableArray<CodeUse> UsesOfDelegate(MethodName method) => Of(NameOf(method.Type, method.Name));

    public ImmutableArray<CodeUse> UsesOfField(string type, string field) => Of(NameOf(type, field));

    public ImmutableArray<CodeUse> CallsOf(MethodName method) => Of("call " + NameOf(method.Type, method.Name));

    private static string NameOf(string type, string member) => $"{FrameworkTypes.DefinitionOf(type)}::{member}";

    private ImmutableArray<CodeUse> Of(string question) => [.. uses.Where(use => use.Question == question).Select(use => use.Use)];
}
