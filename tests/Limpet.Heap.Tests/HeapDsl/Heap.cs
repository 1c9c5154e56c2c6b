using System.Collections.Immutable;
using Limpet.Heap.Strings;

namespace Limpet.Heap.Tests;

/// <summary>
/// Builds test heaps in a few words:
/// <c>Heap.Of(h => h.Static("Shop.Bus.Changed").To(h.Object("Shop.Bus", ("owner", h.Object("Shop.Owner")))))</c>.
/// </summary>
internal sealed class Heap
{
    private readonly List<HeapObject> objects = [];
    private readonly List<GcRoot> roots = [];
    private readonly Dictionary<ulong, MethodName> methods = [];
    private readonly Dictionary<string, ImmutableArray<string>> basesOf = [];
    private readonly List<WeakHandle> weak = [];
    private readonly List<(int First, HeapGeneration Place)> places = [];
    private readonly List<FactKind> omitted = [];
    private bool keepsTexts;

    public static HeapGraph Of(Action<Heap> describe, ImmutableDictionary<string, Version>? versions = null)
    {
        Heap heap = new();
        describe(heap);
        return heap.Build(versions);
    }

    public HeapObject Object(string type, params (string Field, HeapObject Target)[] fields) => Make(type, TypeTraits.None, fields);

    /// <summary>An object whose type comes from a package.</summary>
    public HeapObject OfPackage(string type, params (string Field, HeapObject Target)[] fields) => Make(type, TypeTraits.Package, fields);

    public HeapObject Array(string type, params HeapObject[] elements) =>
        Make(type, TypeTraits.Array, [.. elements.Select(element => ("[x]", element))]);

    /// <summary>An array of structs; fields are those of its elements.</summary>
    public HeapObject Structs(string type, params (string Field, HeapObject Target)[] fields) => Make(type, TypeTraits.Array, fields);

    /// <summary>When the heap was read; without it nothing tells.</summary>
    public DateTime? ReadAt { get; set; }

    /// <summary>A string with a text.</summary>
    public HeapObject String(string text)
    {
        HeapObject made = Make("System.String", TypeTraits.String | TypeTraits.NoReferences, []);
        made.Text = text;
        return made.Sized(PrintOf(text).Bytes);
    }

    /// <summary>Keeps the texts of strings, as a capture does that is asked to.</summary>
    public void KeepTexts() => keepsTexts = true;

    /// <summary>The print that a text has in every test heap.</summary>
    public static StringPrint PrintOf(string text) => new(text.Length, text.Aggregate(14695981039346656037UL, (hash, unit) => (hash ^ unit) * 1099511628211UL));

    /// <summary>An array whose elements hold no references.</summary>
    public HeapObject Numbers(string type) => Make(type, TypeTraits.Array | TypeTraits.NoReferences, []);

    /// <summary>A delegate that calls <paramref name="method"/>, written as <c>Type::Name</c>, on <paramref name="target"/>.</summary>
    public HeapObject Delegate(string type, HeapObject target, string? method = null, Results.SourceLine? source = null)
    {
        HeapObject made = Make(type, TypeTraits.Delegate, [("_target", target)]);
        if (method is not null)
        {
            ulong code = 0x7000_0000 + (ulong)methods.Count;
            string[] names = method.Split("::");
            methods.Add(code, new MethodName(names[0], names[1], source));
            made.With(FactKind.DelegateCode, code);
        }

        return made;
    }

    /// <summary>A delegate with an invocation list.</summary>
    public HeapObject Multicast(string type, params HeapObject[] handlers) =>
        Make(type, TypeTraits.Delegate, [("_invocationList", Array("System.Object[]", handlers))]);

    /// <summary>A way of objects, written as type, member, type, member, … and closed by its last type; a type that ends in <c>[]</c> is an array.</summary>
    public HeapObject Chain(params ReadOnlySpan<string> way)
    {
        HeapObject made = ChainEnd(way[^1]);
        for (int at = way.Length - 3; at >= 0; at -= 2)
        {
            string member = way[at + 1];
            made = Make(way[at], way[at].EndsWith(']') ? TypeTraits.Array : TypeTraits.None, [(member.StartsWith("[x].", StringComparison.Ordinal) ? member[4..] : member, made)]);
        }

        return made;
    }

    /// <summary>Says what a type derives from, nearest first.</summary>
    public void Derives(string type, params string[] bases) => basesOf[type] = [.. bases];

    /// <summary>The source does not tell facts of one kind, as those that are older than the kind.</summary>
    public void Omits(FactKind kind) => omitted.Add(kind);

    /// <summary>A weak handle that points to an object.</summary>
    public void Weak(HeapObject target, bool isLong = false) => weak.Add(new WeakHandle(target.Node, isLong));

    /// <summary>Where the objects that are made from now on lie.</summary>
    public void In(HeapGeneration place) => places.Add((objects.Count, place));

    public RootOf Static(string name) => Root(RootKind.StaticField, name);

    public RootOf Root(RootKind kind, string name, MethodName? method = null) => new(target => roots.Add(new GcRoot(target.Node, kind, name) { Method = method }));

    /// <summary>What a thread has in a thread static field.</summary>
    public RootOf ThreadStatic(string name, int thread) =>
        new(target => roots.Add(new GcRoot(target.Node, RootKind.ThreadStatic, name) { ThreadId = thread }));

    /// <summary>A local of a method that a thread runs.</summary>
    public RootOf Stack(string method, int thread) =>
        new(target => roots.Add(new GcRoot(target.Node, RootKind.Stack, method) { ThreadId = thread }));

    private HeapStrings? StringsOf(List<HeapObject> all)
    {
        string[] texts = [.. all.Select(item => item.Text).OfType<string>()];
        StringPrint[] prints = [.. texts.Select(PrintOf)];
        return texts.Length == 0 ? null : new HeapStrings(
            HeapArrays.Native([.. prints.Select(print => print.Length)]),
            HeapArrays.Native([.. prints.Select(print => print.Hash)]),
            keepsTexts ? texts.Distinct().ToImmutableDictionary(PrintOf) : null);
    }

    private HeapObject ChainEnd(string type) => Make(type, type.EndsWith(']') ? TypeTraits.Array : TypeTraits.None, []);

    private HeapObject Make(string type, TypeTraits traits, (string Field, HeapObject Target)[] fields)
    {
        HeapObject made = new(type, traits, objects.Count);
        objects.Add(made);
        foreach (var (field, target) in fields)
        {
            made.Set(field, target);
        }

        return made;
    }

    private HeapGraph Build(ImmutableDictionary<string, Version>? versions)
    {
        string[] names = [.. objects.Select(item => item.Type).Distinct()];
        var fields = names.Select(name => objects
            .Where(item => item.Type == name)
            .SelectMany(item => item.References.Select(reference => reference.Field))
            .Where(field => field is not ("[x]" or "(dependent)"))
            .Distinct()
            .ToImmutableArray()).ToArray();
        int[] typeOf = [.. objects.Select(item => System.Array.IndexOf(names, item.Type))];
        List<uint> firstEdges = [0];
        List<int> targets = [];
        List<byte> slots = [];
        foreach (HeapObject item in objects)
        {
            foreach (var (field, target) in item.References)
            {
                targets.Add(target.Index);
                slots.Add(field switch
                {
                    "[x]" => EdgeSlot.ArrayElement,
                    "(dependent)" => EdgeSlot.DependentHandle,
                    _ => (byte)fields[typeOf[item.Index]].IndexOf(field),
                });
            }

            firstEdges.Add((uint)targets.Count);
        }

        return HeapArrays.ToGraph(
            [.. typeOf.Select(type => (uint)type)],
            [.. objects.Select(item => item.Size)],
            [.. firstEdges],
            [.. targets],
            [.. slots],
            [.. names.Select((name, type) => new HeapType(name, null, objects.First(item => item.Type == name).Traits, fields[type], basesOf.GetValueOrDefault(name)))],
            [.. roots],
            new NodeFacts(objects.SelectMany(item => item.Facts.Select(fact => (fact.Kind, item.Node, fact.Value))), Enum.GetValues<FactKind>().Except(omitted)),
            methods.ToImmutableDictionary(),
            versions: versions,
            strings: StringsOf(objects),
            weak: [.. weak],
            places: places,
            readAt: ReadAt);
    }

    internal sealed class RootOf(Action<HeapObject> add)
    {
        public void To(HeapObject target) => add(target);
    }
}
