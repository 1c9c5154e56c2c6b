using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation builds a type in an assembly of its own. Leaky: an assembly that cannot be unloaded. Fixed: one that can be, and is.</summary>
internal sealed class DynamicCodeTarget(bool leaky) : LeakTarget(leaky)
{
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName($"Formula{number}"), Leaky ? AssemblyBuilderAccess.Run : AssemblyBuilderAccess.RunAndCollect);
        TypeBuilder type = assembly.DefineDynamicModule("main").DefineType("Formula", TypeAttributes.Public);
        MethodBuilder method = type.DefineMethod("Price", MethodAttributes.Public | MethodAttributes.Static, typeof(int), []);
        method.GetILGenerator().Emit(OpCodes.Ldc_I4, number);
        method.GetILGenerator().Emit(OpCodes.Ret);
        type.CreateType().GetMethod("Price")!.Invoke(null, null);
    }

    protected override void StartMeasuring() => _before = AppDomain.CurrentDomain.GetAssemblies().Count(assembly => assembly.IsDynamic);

    protected override long Declared(int operations) => Leaky ? operations : 0;

    protected override long Measured() => AppDomain.CurrentDomain.GetAssemblies().Count(assembly => assembly.IsDynamic) - _before;
}
