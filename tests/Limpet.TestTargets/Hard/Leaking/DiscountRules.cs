using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// The rule for a discount comes as the bytes of an assembly, as from a database, and is loaded for every order that it is asked about. Each load makes a load context of its own,
/// which is never unloaded: one per operation, in native memory most of all, and nothing of the program's refers to it.
/// </summary>
internal sealed class DiscountRules : HardLeak
{
    private readonly RuleEngine _engine = new(RuleStore.Compile());

    public override Truth Truth => Truth.Leak(
        "RuleEngine.Apply loads the rule's assembly from its bytes at every call, and what Assembly.Load has loaded so stays.",
        "framework",
        new FindingTruth(["NativeLeak", "ManagedLeak", "UnboundedGrowth"], "IndividualAssemblyLoadContext", "load each assembly once") { PerOperation = 1 });

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        if (_engine.Apply(10 * number) != number)
        {
            throw new InvalidOperationException($"Bug in the rule: it does not give a tenth of {10 * number}.");
        }
    }

    protected override int CheckedOperations => 100;

    protected override double[] Measured() => [AssemblyLoadContext.All.Count()];
}

internal sealed class RuleEngine(byte[] rule)
{
    public int Apply(int total) => (int)Assembly.Load(rule).GetType(RuleStore.TypeName, throwOnError: true)!.GetMethod(RuleStore.MethodName)!.Invoke(null, [total])!;
}

internal static class RuleStore
{
    public const string TypeName = "Rules.Discount";

    public const string MethodName = "Of";

    /// <summary>An assembly with one method, which gives a tenth of a total.</summary>
    public static byte[] Compile()
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName("Rules"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Rules").DefineType(TypeName, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        ILGenerator code = type.DefineMethod(MethodName, MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(int)]).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4, 10);
        code.Emit(OpCodes.Div);
        code.Emit(OpCodes.Ret);
        type.CreateType();
        using MemoryStream bytes = new();
        assembly.Save(bytes);
        return bytes.ToArray();
    }
}
