package dev.plumbline.model.family;

class MiniMaxM2Test extends FamilyContractTest {

    @Override
    String family() {
        return "minimax_m2";
    }
}
