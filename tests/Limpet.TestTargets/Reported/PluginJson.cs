using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A host runs plug-ins, each in a collectible load context that it unloads, and answers with what the plug-in gives, as JSON. The serializer keeps
/// what it knows of every type under the type, in the default options, which are static: that pins the plug-in's type and the whole context.
/// </summary>
/// <remarks><code>
/// static JsonSerializerOptions ─→ … CachingContext ─→ ConcurrentDictionary&lt;Type, …&gt; ─→ JsonTypeInfo&lt;Plugin.Quote&gt; ┄→ LoaderAllocator ─→ … PluginContext
/// </code></remarks>
internal sealed class PluginJson(bool mended) : ReportedTarget(mended)
{
    private readonly PluginHost _host = new(QuotePlugin.Compile());

    protected override string Issue => "dotnet/runtime#65323";

    protected override string Found =>
        "The serializer's caches are static, or hang on options that are, and refer strongly to each type that was serialized, so that a collectible context cannot unload.";

    protected override Truth Leak => Truth.Leak(
        "PluginHost serializes a plug-in's type with the default options, whose cache pins its load context.",
        "framework",
        FindingTruth.Entries(typeof(PluginContext).FullName!, 1, "JsonSerializerOptions.Default", "CachingContext", "to be unloaded"));

    protected override string Remedy => "PluginHost takes over what the plug-in gives into a class of its own, and serializes that.";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_host.Answer(number, takesOver: Mended));

    protected override int CheckedOperations => 60;
}

internal sealed class PluginContext() : AssemblyLoadContext("quotes", isCollectible: true);

internal sealed class PluginHost(byte[] plugin)
{
    public long Characters { get; private set; }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public AssemblyLoadContext Answer(int number, bool takesOver)
    {
        PluginContext context = new();
        using MemoryStream image = new(plugin);
        Type type = context.LoadFromStream(image).GetType(QuotePlugin.TypeName, throwOnError: true)!;
        object quote = Activator.CreateInstance(type, number)!;
        object answer = takesOver ? new HostAnswer((int)type.GetField(QuotePlugin.FieldName)!.GetValue(quote)!) : quote;
        Characters += JsonSerializer.Serialize(answer, answer.GetType()).Length;
        context.Unload();
        return context;
    }
}

/// <summary>What the host makes of an answer.</summary>
internal sealed record HostAnswer(int Price);

/// <summary>The plug-in as its vendor would ship it: <c>public class Quote { public int Price; public Quote(int price) => Price = price; }</c>.</summary>
internal static class QuotePlugin
{
    public const string TypeName = "Vendor.Quotes.Quote";

    public const string FieldName = "Price";

    public static byte[] Compile()
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName("Vendor.Quotes"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Vendor.Quotes").DefineType(TypeName, TypeAttributes.Public | TypeAttributes.Class);
        FieldBuilder price = type.DefineField(FieldName, typeof(int), FieldAttributes.Public);
        ConstructorBuilder constructorOfPrice = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(int)]);
        constructorOfPrice.DefineParameter(1, ParameterAttributes.None, "price");
        ILGenerator constructor = constructorOfPrice.GetILGenerator();
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Call, typeof(object).GetConstructor([])!);
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Ldarg_1);
        constructor.Emit(OpCodes.Stfld, price);
        constructor.Emit(OpCodes.Ret);
        type.CreateType();
        using MemoryStream image = new();
        assembly.Save(image);
        return image.ToArray();
    }
}
