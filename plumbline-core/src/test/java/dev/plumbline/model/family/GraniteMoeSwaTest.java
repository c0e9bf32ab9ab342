package dev.plumbline.model.family;

class GraniteMoeSwaTest extends FamilyContractTest {

    @Override
    String family() {
        return "granite_moe_swa";
    }
}
