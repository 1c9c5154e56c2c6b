using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Loads the plug-in that computes surcharges afresh with every operation, into a load context of its own, and unloads it when it has answered. The
/// context goes with the next collection or the one after.
/// </summary>
internal sealed class SurchargePlugins : HarmlessTarget
{
    private SurchargeHost? _host;

    public override Truth Truth => Truth.Harmless(
        "Every load context is unloaded and nothing refers to its types afterwards.", "framework", "Clean");

    protected override double Cap => 0;

    public override string Build()
    {
        _host = new SurchargeHost(SurchargePlugin.Compile());
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_host!.Surcharge(number));
}

internal sealed class SurchargeContext(int number) : AssemblyLoadContext($"surcharges {number}", isCollectible: true);

internal sealed class SurchargeHost(byte[] plugin)
{
    public long Sum { get; private set; }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public AssemblyLoadContext Surcharge(int amount)
    {
        SurchargeContext context = new(amount);
        using MemoryStream image = new(plugin);
        Type type = context.LoadFromStream(image).GetType(SurchargePlugin.TypeName, throwOnError: true)!;
        Sum += type.GetMethod(SurchargePlugin.MethodName)!.CreateDelegate<Func<int, int>>()(amount);
        context.Unload();
        return context;
    }
}

/// <summary>The plug-in, as its vendor would have compiled it: a tenth of the amount.</summary>
internal static class SurchargePlugin
{
    public const string TypeName = "Vendor.Surcharges.Winter";

    public const string MethodName = "Of";

    public static byte[] Compile()
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName("Vendor.Surcharges"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Vendor.Surcharges").DefineType(TypeName, TypeAttributes.Public | TypeAttributes.Class);
        ILGenerator body = type.DefineMethod(MethodName, MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(int)]).GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldc_I4, 10);
        body.Emit(OpCodes.Div);
        body.Emit(OpCodes.Ret);
        type.CreateType();
        using MemoryStream image = new();
        assembly.Save(image);
        return image.ToArray();
    }
}
