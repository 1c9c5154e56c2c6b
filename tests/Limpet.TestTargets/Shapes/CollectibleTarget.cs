using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Limpet.TestTargets;

/// <summary>Live instances of types that can be unloaded: each holds its LoaderAllocator by way of its method table.</summary>
/// <remarks><code>
/// static s_emitted ─→ object[10] ─→ Emitted { Link } ─→ EmittedCargo       10 Emitted, 10 EmittedCargo
///                                      ┆ (type, not a field) ─→ LoaderAllocator ─→ static Emitted.Shared ─→ SharedCargo     1
/// static s_loaded  ─→ object[7]  ─→ CollectibleCargo (loaded a second time)     7, of a type of a collectible context
/// </code>
/// Nothing but the instances keeps the assembly and the context loaded.
/// </remarks>
internal sealed class CollectibleTarget : Target
{
    private static object[]? s_emitted;
    private static object[]? s_loaded;

    public override string Build()
    {
        s_emitted = Emit();
        s_loaded = Load();
        Settling.Settle();
        return "Emitted=10 EmittedCargo=10 SharedCargo=1 CollectibleCargo=7";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object[] Emit()
    {
        ModuleBuilder module = AssemblyBuilder
            .DefineDynamicAssembly(new AssemblyName("Emitted"), AssemblyBuilderAccess.RunAndCollect)
            .DefineDynamicModule("Emitted");
        TypeBuilder builder = module.DefineType("Emitted", TypeAttributes.Public | TypeAttributes.Sealed);
        builder.DefineField("Link", typeof(object), FieldAttributes.Public);
        builder.DefineField("Shared", typeof(object), FieldAttributes.Public | FieldAttributes.Static);
        Type type = builder.CreateType();
        type.GetField("Shared")!.SetValue(null, new SharedCargo());
        object[] instances = new object[10];
        for (int i = 0; i < instances.Length; i++)
        {
            instances[i] = Activator.CreateInstance(type)!;
            type.GetField("Link")!.SetValue(instances[i], new EmittedCargo());
        }

        return instances;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object[] Load()
    {
        AssemblyLoadContext context = new("second", isCollectible: true);
        Type type = context.LoadFromAssemblyPath(typeof(CollectibleTarget).Assembly.Location)
            .GetType(typeof(CollectibleCargo).FullName!, throwOnError: true)!;
        return [.. Enumerable.Range(0, 7).Select(_ => Activator.CreateInstance(type)!)];
    }

    internal sealed class EmittedCargo;

    internal sealed class SharedCargo;

    internal sealed class CollectibleCargo;
}
