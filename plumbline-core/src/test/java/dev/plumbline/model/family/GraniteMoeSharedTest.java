package dev.plumbline.model.family;

class GraniteMoeSharedTest extends FamilyContractTest {

    @Override
    String family() {
        return "granite_moe_shared";
    }
}
