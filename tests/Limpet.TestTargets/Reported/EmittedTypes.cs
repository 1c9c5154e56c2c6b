using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Newtonsoft.Json;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A report turns its rows into objects of a class that is emitted for the columns that were asked for, and those into JSON. The class is emitted
/// anew for every report, also where the columns are the same, and the serializer's contract resolver keeps a contract for each class.
/// </summary>
/// <remarks><code>
/// static DefaultContractResolver.Instance ─_contractCache→ ThreadSafeStore ─→ ConcurrentDictionary&lt;Type, JsonContract&gt; ─→ JsonObjectContract
///     ┄→ LoaderAllocator of the emitted assembly
/// </code></remarks>
internal sealed class EmittedTypes(bool mended) : ReportedTarget(mended)
{
    private readonly RowClasses _classes = new(reuses: mended);

    protected override string Issue => "JamesNK/Newtonsoft.Json#1661";

    protected override string Found =>
        "A contract resolver caches what it knows of each type, which is meant for a number of types that ends; a program that emits types without end fills it.";

    protected override Truth Leak => Truth.Leak(
        "RowClasses emits a class for every report, and DefaultContractResolver keeps the contract of each.",
        "Newtonsoft.Json 13.0.1",
        FindingTruth.Entries("Newtonsoft.Json.Serialization.JsonObjectContract", 1, "DefaultContractResolver", "_contractCache"));

    protected override string Remedy => "RowClasses emits a class for each set of columns once.";

    /// <summary>One for each set of columns.</summary>
    protected override double Cap => 4;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => ColumnReport.Write(_classes, ["Branch", "Sales", "Returns", "Margin"], columns: 1 + (number % 4));

    protected override int CheckedOperations => 60;
}

/// <summary>Emits classes with a field for each column.</summary>
internal sealed class RowClasses(bool reuses)
{
    private readonly Dictionary<int, Type> _byColumns = [];

    public Type Of(string[] names, int columns)
    {
        if (reuses && _byColumns.TryGetValue(columns, out Type? type))
        {
            return type;
        }

        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Report.Rows"), AssemblyBuilderAccess.RunAndCollect);
        TypeBuilder row = assembly.DefineDynamicModule("Report.Rows").DefineType("Report.Row", TypeAttributes.Public | TypeAttributes.Class);
        foreach (string name in names.Take(columns))
        {
            row.DefineField(name, typeof(int), FieldAttributes.Public);
        }

        type = row.CreateType();
        Subjects.Add(type.Assembly);
        if (reuses)
        {
            _byColumns.Add(columns, type);
        }

        return type;
    }
}

internal static class ColumnReport
{
    public static int Write(RowClasses classes, string[] names, int columns)
    {
        Type type = classes.Of(names, columns);
        object row = Activator.CreateInstance(type)!;
        type.GetField(names[0])!.SetValue(row, columns);
        return JsonConvert.SerializeObject(row).Length;
    }
}
