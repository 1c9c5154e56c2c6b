using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Loads assemblies that can be unloaded, drops them and collects, all the while, beside a set that stays as it is.</summary>
/// <remarks><code>
/// static s_steady ─→ SteadyCargo[1_000] ─→ SteadyCargo            1,000 at any moment
/// static s_held   ─→ List ─→ Emitted0..4 of up to seven assemblies, then of none
/// </code></remarks>
internal sealed class UnloadingTarget : Target
{
    private const int AssembliesHeld = 7;
    private const int TypesOfEach = 5;
    private static readonly List<object> s_held = [];
    private static SteadyCargo[]? s_steady;

    public override string Build()
    {
        s_steady = [.. Enumerable.Range(0, 1_000).Select(_ => new SteadyCargo())];
        new Thread(LoadAndDrop) { IsBackground = true, Name = "load and drop" }.Start();
        return $"SteadyCargo={s_steady.Length}";
    }

    private static void LoadAndDrop()
    {
        for (int round = 0; ; round++)
        {
            if (round % AssembliesHeld == 0)
            {
                s_held.Clear();
            }

            Load(round);
            Allocate();
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: round % 2 == 0);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Load(int round)
    {
        ModuleBuilder module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName($"Emitted{round}"), AssemblyBuilderAccess.RunAndCollect).DefineDynamicModule("Emitted");
        for (int index = 0; index < TypesOfEach; index++)
        {
            TypeBuilder builder = module.DefineType($"Emitted{index}", TypeAttributes.Public);
            builder.DefineField("Link", typeof(object), FieldAttributes.Public);
            Type type = builder.CreateType();
            s_held.Add(Activator.CreateInstance(type)!);
            s_held.Add(Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!);
        }
    }

    private static void Allocate()
    {
        const int Most = 20_000;
        List<string> some = [];
        for (int index = 0; index < Most; index++)
        {
            some.Add($"text {index}");
        }
    }

    internal sealed class SteadyCargo;
}
