using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// The tariff of a tender is a plug-in, loaded into a collectible context, asked once and unloaded. Its constructor subscribes to an
/// event of the host, which is static: that pins the object, its type and the whole context: 1 TenderContext per operation.
/// </summary>
/// <remarks><code>
/// static event TenderHost.Closing ─→ Action ─_invocationList→ object[] ─→ Action ─_target→ TenderTariff (plug-in) ┄→ LoaderAllocator
///     ─→ … TenderContext
/// </code></remarks>
internal sealed class PluginTariffs : HardLeak
{
    private readonly TenderDesk _desk = new(TenderPlugin.Emit());

    public override Truth Truth => Truth.Leak(
        "A plug-in's TenderTariff subscribes the static event TenderHost.Closing, which pins its collectible AssemblyLoadContext after Unload.",
        "framework",
        FindingTruth.Objects("TenderTariff", 1, "TenderHost.Closing", "TenderTariff.Close"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_desk.Evaluate(number % 20));

    protected override int CheckedOperations => 60;
}

/// <summary>What plug-ins see of their host.</summary>
public static class TenderHost
{
    public static event Action? Closing;

    public static void Close() => Closing?.Invoke();
}

internal sealed class TenderContext() : AssemblyLoadContext("tender", isCollectible: true);

internal sealed class TenderDesk(byte[] plugin)
{
    public TenderContext Evaluate(int lots)
    {
        TenderContext context = new();
        using MemoryStream image = new(plugin);
        Type tariff = context.LoadFromStream(image).GetType("TenderTariff", throwOnError: true)!;
        Activator.CreateInstance(tariff, lots);
        context.Unload();
        return context;
    }
}

/// <summary>The plug-in as its vendor would ship it: <c>class TenderTariff { int _lots; TenderTariff(int lots) { TenderHost.Closing += Close; } void Close() { _lots = 0; } }</c>.</summary>
internal static class TenderPlugin
{
    public static byte[] Emit()
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName("Tender.Tariff"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Tender.Tariff").DefineType("TenderTariff", TypeAttributes.Public | TypeAttributes.Sealed);
        FieldBuilder lots = type.DefineField("_lots", typeof(int), FieldAttributes.Private);
        MethodBuilder close = type.DefineMethod("Close", MethodAttributes.Private);
        ILGenerator body = close.GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldc_I4_0);
        body.Emit(OpCodes.Stfld, lots);
        body.Emit(OpCodes.Ret);

        ILGenerator constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(int)]).GetILGenerator();
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Call, typeof(object).GetConstructor([])!);
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Ldarg_1);
        constructor.Emit(OpCodes.Stfld, lots);
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Ldftn, close);
        constructor.Emit(OpCodes.Newobj, typeof(Action).GetConstructor([typeof(object), typeof(nint)])!);
        constructor.Emit(OpCodes.Call, typeof(TenderHost).GetEvent(nameof(TenderHost.Closing))!.AddMethod!);
        constructor.Emit(OpCodes.Ret);
        type.CreateType();
        using MemoryStream image = new();
        assembly.Save(image);
        return image.ToArray();
    }
}
